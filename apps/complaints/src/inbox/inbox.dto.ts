import { OneOf, Shown, Text } from '#wire';
import { COUNTER_NAMES, type CounterName } from './counters.ts';

export const SCOPES = ['mine', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

export class InboxRequest {
  @OneOf(SCOPES, { optional: true, description: 'Whose complaints; `mine` when left out by who only handles, `all` by others' })
  scope?: Scope;
}

export class InboxCounter {
  @Shown.oneOf(COUNTER_NAMES)
  readonly name!: CounterName;

  @Shown.whole({ description: 'At most 10,000: so many or more' })
  readonly count!: number;
}

export class InboxView {
  @Shown.oneOf(SCOPES)
  readonly scope!: Scope;

  @Shown.instant({ description: 'As of when' })
  readonly at!: string;

  @Shown.list(() => InboxCounter, { description: 'Every counter, in their order' })
  readonly counters!: readonly InboxCounter[];
}

export const WORKLOAD_BY = ['handler', 'unit'] as const;
export type WorkloadBy = (typeof WORKLOAD_BY)[number];

export class WorkloadRequest {
  @OneOf(WORKLOAD_BY, { optional: true, description: '`handler` when left out' })
  by?: WorkloadBy;
}

export class WorkloadRow {
  @Shown.text({ nullable: true, description: 'A subject, or the code of a unit; null: nobody, or a handler without a unit' })
  readonly key!: string | null;

  @Shown.text({ nullable: true, description: 'The name of the person or the unit, where the desk knows it' })
  readonly name!: string | null;

  @Shown.whole()
  readonly open!: number;

  @Shown.whole({ description: 'Due today or within three days' })
  readonly dueSoon!: number;

  @Shown.whole()
  readonly overdue!: number;

  @Shown.whole()
  readonly paused!: number;

  @Shown.whole({ description: 'Decided in the last 30 days' })
  readonly decided30!: number;
}

export class WorkloadView {
  @Shown.list(() => WorkloadRow, { description: 'The fullest first; 500 at most' })
  readonly items!: readonly WorkloadRow[];
}

export class AgeingRequest {
  @Text({ optional: true, description: 'A subject, or `me`' })
  handler?: string;
}

export const AGE_BANDS = ['0-3', '4-7', '8-15', '16-30', '31-60', '61+'] as const;
export const LEFT_BANDS = ['overdue', '0-3', '4-7', '8-15', '16+', 'paused'] as const;

export class AgeingCell {
  @Shown.oneOf(AGE_BANDS, { description: 'Days since the receipt' })
  readonly age!: string;

  @Shown.oneOf(LEFT_BANDS, { description: 'Days left of the term' })
  readonly left!: string;

  @Shown.whole()
  readonly count!: number;
}

export class AgeingView {
  @Shown.list(() => AgeingCell, { description: 'Open complaints by both; bands without any are left out' })
  readonly cells!: readonly AgeingCell[];

  @Shown.whole()
  readonly total!: number;
}
