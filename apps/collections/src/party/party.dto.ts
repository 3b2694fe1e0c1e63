import { CHANNELS, PARTY_ROLES } from '#contact-rules';
import type { Channel, PartyRole } from '#contact-rules';
import { Instant, OneOf, Shown, Text } from '#wire';
import { POINT_STATUSES, type PointStatus } from '../case/register.dto.ts';

/** Where a contact point may lawfully be known from (CBA26). */
export const SOURCES = ['contract', 'debtor', 'bank-records', 'public', 'authority', 'authorised'] as const;
export const CHECKS = ['called', 'answered-message', 'document', 'core-system', 'party-said', 'returned-mail'] as const;
const ADDED_ROLES = PARTY_ROLES.filter((role) => role !== 'debtor');
const reason = { max: 2000, description: 'Why, in your words; kept sealed' } as const;

export class PointRequest {
  @Text({ description: 'A party of the case, by id or by the partyId given at import' })
  partyId!: string;

  @OneOf(CHANNELS)
  channel!: Channel;

  @Text({ max: 500, description: 'The number or address; kept sealed' })
  value!: string;

  @OneOf(SOURCES, { description: 'Where it is known from: one of the six lawful sources' })
  source!: string;

  @Instant({ nullable: true, description: 'When somebody made sure of it' })
  checkedAt?: string | null;

  @OneOf(CHECKS, { nullable: true, description: 'How; with `checkedAt`' })
  how?: string | null;
}

export class PointCheckRequest {
  @OneOf(POINT_STATUSES)
  result!: PointStatus;

  @OneOf(CHECKS)
  how!: string;

  @Instant({ nullable: true, description: 'now when left out' })
  checkedAt?: string | null;
}

export class AddedPointView {
  @Shown.uuid()
  readonly contactPointId!: string;

  @Shown.oneOf(POINT_STATUSES)
  readonly status!: string;

  @Shown.instant({ nullable: true })
  readonly checkedAt!: string | null;

  @Shown.manyOf(['known-of-another'], { description: '`known-of-another`: some other person has the same number or address' })
  readonly warnings!: readonly string[];
}

export class PartyRequest {
  @Text({ description: 'Your id of the person in this case' })
  partyId!: string;

  @OneOf(ADDED_ROLES, { description: 'A co-debtor or guarantor is added when a second person has looked at the basis' })
  role!: PartyRole;

  @Text({ description: 'The name; kept sealed' })
  name!: string;

  @Text({ max: 500, description: 'The document behind it: a contract of guarantee, a power of attorney' })
  basis!: string;

  @Text(reason)
  reason!: string;
}

export class PartyRoleRequest {
  @OneOf(['co-debtor', 'guarantor'])
  role!: 'co-debtor' | 'guarantor';

  @Text({ max: 500, description: 'The document behind it' })
  basis!: string;

  @Text(reason)
  reason!: string;
}

export class PartyReasonRequest {
  @Text(reason)
  reason!: string;
}

export class PartyChangeView {
  @Shown.uuid({ description: 'Of the party, or of the proposal while it waits' })
  readonly id!: string;

  @Shown.text()
  readonly partyId!: string;

  @Shown.oneOf(PARTY_ROLES)
  readonly role!: string;

  @Shown.oneOf(['added', 'proposed', 'approved', 'rejected', 'ended'])
  readonly state!: string;

  @Shown.text({ nullable: true })
  readonly basis!: string | null;

  @Shown.text({ nullable: true })
  readonly proposedBy!: string | null;
}

export class PartyProposalListView {
  @Shown.list(() => PartyChangeView, { description: 'Those that wait' })
  readonly items!: readonly PartyChangeView[];
}
