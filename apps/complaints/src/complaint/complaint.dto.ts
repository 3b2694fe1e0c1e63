import { Instant, LocalDate, Nested, NestedList, OneOf, type PageRequest, Text, TextOrNested, TextOrTexts, Whole } from '#wire';
import { COMPLAINANT_KINDS, type ComplainantKind } from '../intake/complainant-kinds.ts';

export const DUE_BUCKETS = ['overdue', 'today', 'within-3', 'within-7', 'later', 'paused', 'closed'] as const;
export type DueBucket = (typeof DUE_BUCKETS)[number];

export const STATES = ['running', 'paused', 'met', 'missed', 'withdrawn', 'declined', 'merged'] as const;
export type ComplaintState = (typeof STATES)[number];

export const HOLD_STATES = ['none', 'requested', 'set', 'lifted', 'no-case'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

export class ProxyDto {
  @Text()
  name!: string;

  @Text({ nullable: true })
  idNumber?: string | null;

  @Text({ nullable: true })
  contact?: string | null;
}

export class ComplainantDto {
  @Text({ nullable: true, min: 1, description: 'Kept sealed; needed unless `complainantKind` is anonymous' })
  name?: string | null;

  @Text({ nullable: true, description: 'Kept sealed' })
  idNumber?: string | null;

  @Text({
    nullable: true,
    min: 1,
    description: 'How to reach the complainant: phone, e-mail or address; kept sealed; needed unless `complainantKind` is anonymous',
  })
  contact?: string | null;

  @TextOrNested(() => ProxyDto, 'name', { description: 'Who complains on behalf of the complainant' })
  proxy?: ProxyDto | null;
}

/** Who acts for the complainant: an heir, or one who speaks for a group. */
export class RepresentativeDto {
  @Text({ max: 100, description: 'Kept sealed' })
  name!: string;

  @Text({ nullable: true, max: 100, description: 'Kept sealed' })
  idNumber?: string | null;

  @Text({ nullable: true, description: 'Kept sealed' })
  contact?: string | null;

  @Text({ nullable: true, max: 100, description: 'Of an heir, who needs one: how he stood to who died', example: '女儿' })
  relationship?: string | null;
}

/** A regulator that sent the complaint on. */
export class ForwardedDto {
  @Text({ max: 64, description: 'A code: `12378`, `nfra`, `pboc`, or one of the institution’s own', example: '12378' })
  regulator!: string;

  @Text({ max: 100, description: 'Its reference: one complaint has it' })
  reference!: string;

  @LocalDate({ description: 'The day on which it was sent on' })
  forwardedOn!: string;
}

export class AgainstDto {
  @Text({ nullable: true, description: 'An agency that collects' })
  agencyId?: string | null;

  @Text({ nullable: true, description: 'A collector' })
  collectorId?: string | null;

  @Text({ nullable: true, description: 'Of the staff: may neither handle this complaint nor act on it' })
  staffId?: string | null;
}

export class ComplaintRequest {
  @Text({ max: 64, description: 'How it came in, as a code', example: 'phone' })
  channel!: string;

  @Instant({ nullable: true, description: 'When it was received, which begins the term; now when left out' })
  receivedAt?: string | null;

  @Nested(() => ComplainantDto)
  complainant!: ComplainantDto;

  @OneOf(COMPLAINANT_KINDS, {
    nullable: true,
    description: 'Who complains; left out: `proxy` where one is named, `group` for more than one person, else `self`',
  })
  complainantKind?: ComplainantKind | null;

  @NestedList(() => RepresentativeDto, {
    nullable: true,
    maxItems: 100,
    description: 'Who speaks for a group, or the heirs: five at most (CMP20 12)',
  })
  representatives?: RepresentativeDto[] | null;

  @Nested(() => ForwardedDto, { nullable: true, description: 'Where a regulator sent it on: what it is known by there' })
  forwarded?: ForwardedDto | null;

  @Text({ nullable: true, description: 'The case, debt or debtor that it is about, as collections knows it' })
  account?: string | null;

  @Text({ description: 'In a few words' })
  subject!: string;

  @Text({ max: 20_000 })
  narrative!: string;

  @TextOrTexts({ max: 2000, description: 'What the complainant asks for' })
  requests!: string[];

  @Text({ nullable: true, max: 64, description: 'A code; `collection`, or one that begins with `collection-`, is about collection' })
  category?: string | null;

  @Nested(() => AgainstDto, { nullable: true })
  against?: AgainstDto | null;

  @Whole({ nullable: true, min: 1, max: 1_000_000, description: 'How many persons complain together; 1 when left out' })
  groupSize?: number | null;

  @Text({ nullable: true, description: 'The id that another system gave it, unique in the institution' })
  externalRef?: string | null;
}

/** Which complaints. */
export class ComplaintFilterRequest {
  @OneOf(DUE_BUCKETS, { optional: true })
  dueBucket?: DueBucket;

  @OneOf(STATES, { optional: true, description: 'As shown: an open complaint whose term is over is `missed`' })
  state?: ComplaintState;

  @Text({ optional: true, description: 'A subject, `me`, or `none` for what nobody handles' })
  handler?: string;

  @Text({ optional: true, max: 64 })
  category?: string;

  @Text({ optional: true, max: 64 })
  channel?: string;

  @Text({ optional: true, description: 'The agency complained of' })
  agencyId?: string;

  @Text({ optional: true })
  externalRef?: string;

  @Text({ optional: true, description: 'The account that it is about' })
  account?: string;

  @Text({ optional: true, max: 64, description: 'The number that the desk gave it', example: 'TS20261121-000001' })
  number?: string;

  @Text({ optional: true, max: 40, description: 'A tag that it has' })
  tag?: string;

  @Text({ optional: true, max: 64, description: 'The code of a unit of the desk: handled there or in a unit below it' })
  unit?: string;
}

export class ComplaintListRequest extends ComplaintFilterRequest implements PageRequest {
  @Whole({ optional: true, min: 1, max: 200, description: 'How many items at most; 50 when left out' })
  limit?: number;

  @Text({ optional: true, max: 400, description: '`nextCursor` of the page before' })
  cursor?: string;
}
