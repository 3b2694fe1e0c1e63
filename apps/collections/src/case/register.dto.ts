import { CHANNELS, CONSENT_KINDS, HOLD_KINDS } from '#contact-rules';
import type { Channel, ConsentKind, HoldKind } from '#contact-rules';
import { AllOrNested, DiffersFrom, Instant, ManyOf, OneOf, Shown, Text, TimeOfDay } from '#wire';
import { HoldScopeDto } from '../contact/facts.dto.ts';

export const POINT_STATUSES = ['valid', 'invalid', 'not-in-service'] as const;
export type PointStatus = (typeof POINT_STATUSES)[number];

const reason = { max: 2000, description: 'Why, in your words; kept sealed' } as const;
const evidence = { max: 500, description: 'Where the proof is: a recording, a letter, a minute' } as const;
const partyId = { description: 'A party of the case, by id or by the partyId given at import' } as const;

export class HoldRequest {
  @OneOf(HOLD_KINDS, { description: '`complaint-hold` is set by a complaint alone' })
  kind!: HoldKind;

  @Instant({ nullable: true, description: 'now when left out' })
  from?: string | null;

  @Instant({ nullable: true, description: 'Exclusive; until it is released when left out' })
  until?: string | null;

  @AllOrNested(() => HoldScopeDto, { nullable: true, description: 'Left out or "all": all contact' })
  scope?: 'all' | HoldScopeDto | null;

  @Text(reason)
  reason!: string;
}

export class ReasonRequest {
  @Text(reason)
  reason!: string;
}

export class ConsentRequest {
  @Text(partyId)
  partyId!: string;

  @OneOf(CONSENT_KINDS)
  kind!: ConsentKind;

  @ManyOf(CHANNELS, { minItems: 1 })
  channels!: Channel[];

  @TimeOfDay({ nullable: true, description: 'Local time; with `to`. Both left out: the whole day' })
  from?: string | null;

  @DiffersFrom('from', 'must differ from `from`; leave both out for the whole day')
  @TimeOfDay({ nullable: true, example: '23:00' })
  to?: string | null;

  @Instant({ description: 'When the party agreed' })
  givenAt!: string;

  @Text(evidence)
  evidence!: string;
}

export class WithdrawalRequest {
  @Instant({ nullable: true, description: 'now when left out' })
  withdrawnAt?: string | null;

  @Text(evidence)
  evidence!: string;
}

export class OptOutRequest {
  @Text(partyId)
  partyId!: string;

  @OneOf(CHANNELS, { nullable: true, description: 'Every channel when left out' })
  channel?: Channel | null;

  @Text({ nullable: true, description: 'A contact point of that party, by id; every one when left out' })
  contactPointId?: string | null;

  @Instant({ nullable: true, description: 'When the party said so; now when left out' })
  at?: string | null;

  @Text(evidence)
  evidence!: string;
}

export class ReferralNoticeRequest {
  @Instant({ description: 'When the debtor was told' })
  toldAt!: string;

  @Text(evidence)
  evidence!: string;
}

export class PointStatusRequest {
  @OneOf(POINT_STATUSES)
  status!: PointStatus;

  @Text(reason)
  reason!: string;
}

export class ReferralNoticeView {
  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.instant()
  readonly referralNoticeAt!: string;

  @Shown.text({ nullable: true, description: 'The agency that has the case now; while it waits for its time, still the one before' })
  readonly agencyId!: string | null;
}

export class PointStatusView {
  @Shown.uuid()
  readonly contactPointId!: string;

  @Shown.oneOf(POINT_STATUSES)
  readonly status!: string;
}
