import { Flag, LocalDate, OneOf, Shown, Text, TextOrTexts } from '#wire';

export const CAUSE_KINDS = ['rule', 'process', 'system', 'people', 'product', 'agency', 'script', 'other'] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];
export const OBJECT_KINDS = ['rule', 'script', 'collector', 'agency', 'unit', 'product', 'none'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];
export const CAUSE_STATES = ['proposed', 'confirmed', 'returned', 'replaced'] as const;
export type CauseState = (typeof CAUSE_STATES)[number];

export class RootCauseRequest {
  @OneOf(CAUSE_KINDS)
  kind!: CauseKind;

  @OneOf(OBJECT_KINDS, { description: 'What it is attributed to; `none`: to nothing that has a name' })
  objectKind!: ObjectKind;

  @Text({ nullable: true, max: 200, description: 'Which rule, script, collector, agency, unit or product; needed unless `none`' })
  objectRef?: string | null;

  @TextOrTexts({
    maxItems: 7,
    max: 1000,
    description: 'Why, and why that, five times as a rule: from what happened down to the root. Kept sealed',
  })
  whys!: string[];
}

export class CauseSettlementRequest {
  @Flag({ description: '`true`: it is the cause; `false`: back to whoever proposed it' })
  confirmed!: boolean;

  @Text({ nullable: true, max: 2000, description: 'Needed where it goes back; kept sealed' })
  note?: string | null;
}

export class CauseReplacementRequest {
  @Text({ max: 2000, description: 'Why it was not the cause after all; kept sealed' })
  reason!: string;
}

export class CauseStatisticsRequest {
  @LocalDate({ description: 'First day on which a cause was confirmed, in the zone of the institution' })
  from!: string;

  @LocalDate({ description: 'Last day, inclusive' })
  to!: string;
}

export class RootCauseView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(CAUSE_KINDS)
  readonly kind!: CauseKind;

  @Shown.oneOf(OBJECT_KINDS)
  readonly objectKind!: ObjectKind;

  @Shown.text({ nullable: true })
  readonly objectRef!: string | null;

  @Shown.texts()
  readonly whys!: readonly string[];

  @Shown.oneOf(CAUSE_STATES)
  readonly state!: CauseState;

  @Shown.text()
  readonly proposedBy!: string;

  @Shown.instant()
  readonly proposedAt!: string;

  @Shown.text({ nullable: true, description: 'Who confirmed it, or sent it back' })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.uuid({ nullable: true, description: 'The measure taken against it' })
  readonly rectificationId!: string | null;
}

export class RootCauseList {
  @Shown.list(() => RootCauseView)
  readonly items!: readonly RootCauseView[];

  @Shown.flag({ description: 'Whether the decision found the complaint justified, in whole or in part: else it has no cause to look for' })
  readonly justified!: boolean;

  @Shown.flag({ description: "Whether personal data are masked for the reader's role" })
  readonly masked!: boolean;
}

export class CauseCount {
  @Shown.oneOf(CAUSE_KINDS)
  readonly kind!: CauseKind;

  @Shown.oneOf(OBJECT_KINDS)
  readonly objectKind!: ObjectKind;

  @Shown.text({ nullable: true })
  readonly objectRef!: string | null;

  @Shown.whole()
  readonly complaints!: number;

  @Shown.whole({ description: 'Of these: with a measure against it' })
  readonly rectified!: number;
}

export class CauseStatistics {
  @Shown.whole({ description: 'Justified complaints that were decided in these days' })
  readonly justified!: number;

  @Shown.whole({ description: 'Of these: with a confirmed cause' })
  readonly withCause!: number;

  @Shown.list(() => CauseCount, { description: 'Confirmed in these days, the most frequent first; 100 at most' })
  readonly items!: readonly CauseCount[];
}
