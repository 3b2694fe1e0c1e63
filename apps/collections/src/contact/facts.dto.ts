import { CASE_STATUSES, CHANNELS, CONSENT_KINDS, HOLD_KINDS, INITIATORS, MODES, PARTY_ROLES, PURPOSES, RESULTS } from '#contact-rules';
import type { CaseStatus, Channel, ConsentKind, HoldKind, Initiator, Mode, PartyRole, Purpose, Result } from '#contact-rules';
import {
  AllOrNested,
  Amount,
  Currency,
  DiffersFrom,
  Flag,
  Free,
  Instant,
  InstantOrDate,
  LocalDate,
  ManyOf,
  Nested,
  NestedList,
  OneOf,
  Text,
  Texts,
  TimeOfDay,
  TimeZone,
  TimeZones,
  Whole,
} from '#wire';
import { AgencyFactDto } from './agency-facts.dto.ts';

export class MoneyDto {
  @Amount()
  amount!: string;

  @Currency()
  currency!: string;
}

export class MessageDto {
  @Text({ nullable: true })
  templateId?: string | null;

  @Whole({ nullable: true })
  version?: number | null;

  @Flag({ nullable: true })
  approved?: boolean | null;

  @Text({ nullable: true, max: 10_000 })
  text?: string | null;

  @Free({ nullable: true })
  variables?: Record<string, unknown> | null;
}

export class ProposedDto {
  @OneOf(CHANNELS)
  channel!: Channel;

  @OneOf(MODES, { nullable: true, description: 'How a call is meant: it tells something, or it is a conversation' })
  mode?: Mode | null;

  @OneOf(PURPOSES, { nullable: true })
  purpose?: Purpose | null;

  @OneOf(PARTY_ROLES, { nullable: true })
  partyRole?: PartyRole | null;

  @Text({ nullable: true })
  partyId?: string | null;

  @Text({ nullable: true })
  contactPoint?: string | null;

  @Text({ nullable: true, description: 'Given when the history holds contacts with other debtors as well (a shared number)' })
  debtorId?: string | null;

  @Text({ nullable: true })
  debtId?: string | null;

  @Text({ nullable: true })
  agencyId?: string | null;

  @Texts({ nullable: true })
  collectorIds?: string[] | null;

  @Text({ nullable: true })
  deviceId?: string | null;

  @Nested(() => MessageDto, { nullable: true })
  message?: MessageDto | null;
}

export class PastContactDto {
  @OneOf(CHANNELS)
  channel!: Channel;

  @Instant()
  startedAt!: string;

  @Instant({ nullable: true })
  endedAt?: string | null;

  @OneOf(RESULTS, { nullable: true, description: 'null: a permit without an outcome yet' })
  result?: Result | null;

  @Instant({
    nullable: true,
    description: 'When a permit without an outcome lapses; 15 minutes after startedAt for voice, 24 hours for the rest',
  })
  expiresAt?: string | null;

  @OneOf(MODES, { nullable: true })
  mode?: Mode | null;

  @OneOf(PURPOSES, { nullable: true })
  purpose?: Purpose | null;

  @OneOf(INITIATORS, { nullable: true, description: '`us` when left out' })
  initiator?: Initiator | null;

  @OneOf(PARTY_ROLES, { nullable: true })
  partyRole?: PartyRole | null;

  @Text({ nullable: true })
  partyId?: string | null;

  @Text({ nullable: true })
  contactPoint?: string | null;

  @Text({ nullable: true })
  debtorId?: string | null;

  @Text({ nullable: true })
  attemptId?: string | null;

  @Text({ nullable: true })
  caseId?: string | null;

  @Text({ nullable: true })
  debtId?: string | null;

  @Text({ nullable: true })
  agencyId?: string | null;

  @Texts({ nullable: true })
  collectorIds?: string[] | null;

  @Text({ nullable: true })
  deviceId?: string | null;

  @TimeZone({ nullable: true })
  timeZone?: string | null;
}

export class ConsentDto {
  @OneOf(CONSENT_KINDS)
  kind!: ConsentKind;

  @ManyOf(CHANNELS)
  channels!: Channel[];

  @TimeOfDay({ nullable: true })
  from?: string | null;

  @DiffersFrom('from', 'must differ from `from`; leave both out for the whole day')
  @TimeOfDay({ nullable: true })
  to?: string | null;

  @Instant()
  givenAt!: string;

  @Instant({ nullable: true })
  withdrawnAt?: string | null;

  @Text({ nullable: true, max: 2000 })
  evidence?: string | null;
}

export class HoldScopeDto {
  @Text({ nullable: true })
  agencyId?: string | null;

  @Text({ nullable: true })
  collectorId?: string | null;

  @OneOf(CHANNELS, { nullable: true })
  channel?: Channel | null;

  @Text({ nullable: true })
  partyId?: string | null;
}

/** As recorded facts have it: a complaint may hold one number. */
export class HoldFactScopeDto extends HoldScopeDto {
  @Text({ nullable: true, description: 'One contact point, as `proposed.contactPoint` names it' })
  contactPoint?: string | null;
}

export class HoldDto {
  @OneOf(HOLD_KINDS)
  kind!: HoldKind;

  @InstantOrDate({ description: 'An instant, or a local date: from its first instant' })
  from!: string;

  @InstantOrDate({ nullable: true, description: 'An instant (exclusive), or a local date (to its last instant); null: without end' })
  until?: string | null;

  @AllOrNested(() => HoldFactScopeDto, { nullable: true, description: 'Left out or "all": all contact' })
  scope?: 'all' | HoldFactScopeDto | null;
}

export class CaseFactsDto {
  @OneOf(CASE_STATUSES, { nullable: true })
  status?: CaseStatus | null;

  @Nested(() => MoneyDto, { nullable: true })
  balance?: MoneyDto | null;

  @LocalDate({ nullable: true, description: 'null: not overdue; left out: not known' })
  overdueSince?: string | null;

  @InstantOrDate({ nullable: true, description: 'When the debtor was told that an agency collects; null: not told; left out: not known' })
  referralNoticeAt?: string | null;
}

export class ContactPointFactDto {
  @Text()
  value!: string;

  @Text({ nullable: true })
  partyId?: string | null;

  @OneOf(PARTY_ROLES, { nullable: true })
  partyRole?: PartyRole | null;

  @OneOf(CHANNELS, { nullable: true })
  channel?: Channel | null;

  @Text({ nullable: true, example: 'valid', description: '`invalid` and `not-in-service` are read by rules' })
  status?: string | null;

  @Text({
    nullable: true,
    example: 'contract',
    description: 'Lawful are contract, debtor, bank-records, public, authority and authorised',
  })
  source?: string | null;
}

export class OptOutDto {
  @Text({ nullable: true, description: "null: everybody in the debtor's file" })
  partyId?: string | null;

  @OneOf(CHANNELS, { nullable: true, description: 'null: every channel' })
  channel?: Channel | null;

  @Text({ nullable: true, description: 'null: every contact point' })
  contactPoint?: string | null;

  @Instant()
  at!: string;

  @Instant({ nullable: true })
  withdrawnAt?: string | null;
}

export class FactsDto {
  @TimeZone({ nullable: true, description: "The debtor's; Asia/Shanghai when left out" })
  timeZone?: string | null;

  @Nested(() => CaseFactsDto, { nullable: true })
  case?: CaseFactsDto | null;

  @NestedList(() => PastContactDto, { nullable: true, maxItems: 10_000 })
  history?: PastContactDto[] | null;

  @NestedList(() => ConsentDto, { nullable: true })
  consents?: ConsentDto[] | null;

  @NestedList(() => HoldDto, { nullable: true })
  holds?: HoldDto[] | null;

  @NestedList(() => ContactPointFactDto, { nullable: true })
  contactPoints?: ContactPointFactDto[] | null;

  @Nested(() => AgencyFactDto, { nullable: true })
  agency?: AgencyFactDto | null;

  @NestedList(() => OptOutDto, { nullable: true, description: 'Left out: none' })
  optOuts?: OptOutDto[] | null;

  @TimeZones({ nullable: true, description: 'Other zones in which the debtor may be, by area code or address' })
  timeZones?: string[] | null;

  @Text({ nullable: true, example: '230100', max: 20, description: 'Where the debtor lives, by its code in GB/T 2260' })
  region?: string | null;
}
