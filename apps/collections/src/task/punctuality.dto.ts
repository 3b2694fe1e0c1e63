import { LocalDate, OneOf, Shown, Text } from '#wire';

export const PUNCTUALITY_BY = ['person', 'role', 'kind', 'agency'] as const;
export type PunctualityBy = (typeof PUNCTUALITY_BY)[number];

export class PunctualityRequest {
  @LocalDate({ description: 'First day, in the zone of the institution' })
  from!: string;

  @LocalDate({ description: 'Last day, inclusive' })
  to!: string;

  @OneOf(PUNCTUALITY_BY, { optional: true, description: '`person` when left out' })
  by?: PunctualityBy;

  @Text({ optional: true })
  agencyId?: string;
}

export class PunctualityRow {
  @Shown.text({ nullable: true, description: 'The person, role, kind or agency; null: nobody has it, or the bank itself' })
  readonly key!: string | null;

  @Shown.whole({ description: 'Done within their time' })
  readonly inTime!: number;

  @Shown.whole({ description: 'Done after it' })
  readonly late!: number;

  @Shown.whole({ description: 'Not done, and their time is over' })
  readonly openOverdue!: number;

  @Shown.whole({ description: 'Of all these: whose due time was moved' })
  readonly extended!: number;

  @Shown.number({ nullable: true, description: 'From the opening to the end of those that were done, in hours: the half needed less' })
  readonly medianHours!: number | null;

  @Shown.number({ nullable: true, description: 'Nine of ten needed less' })
  readonly p90Hours!: number | null;
}

export class PunctualityView {
  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;

  @Shown.oneOf(PUNCTUALITY_BY)
  readonly by!: PunctualityBy;

  @Shown.flag({ description: 'Only my own: I supervise nobody' })
  readonly own!: boolean;

  @Shown.list(() => PunctualityRow, { description: 'Most late and overdue ones first' })
  readonly rows!: readonly PunctualityRow[];

  @Shown.nested(() => PunctualityRow, { description: 'All of them; `key` null' })
  readonly total!: PunctualityRow;
}
