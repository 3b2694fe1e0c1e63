import { Nested, OneOf, PageRequest, Shown, Text, Texts, type Page } from '#wire';
import { ComplaintFilterRequest } from '../complaint/complaint.dto.ts';

/** Acts that do no harm when they are done to many: each can be done again otherwise, and none tells the complainant anything. */
export const BULK_ACTIONS = ['assign', 'reassign', 'add-tag', 'declare-complex', 'take-suggested'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

export const BULK_STATES = ['proposed', 'refused', 'withdrawn', 'queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type BulkState = (typeof BULK_STATES)[number];

export const ITEM_STATES = ['waiting', 'done', 'unchanged', 'refused'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export class BulkRequest {
  @OneOf(BULK_ACTIONS, {
    description:
      '`assign` gives away what nobody has, `reassign` whatever anybody has; `take-suggested` confirms the suggested classification of those that have a whole one and none confirmed',
  })
  action!: BulkAction;

  @Text({ nullable: true, description: 'To whom, for `assign` and `reassign`' })
  handler?: string | null;

  @Text({ nullable: true, max: 40, description: 'For `add-tag`' })
  tag?: string | null;

  @Text({ max: 2000, description: 'Why, for whoever approves; with `declare-complex` also what is written in each ledger. Kept sealed' })
  note!: string;

  @Texts({ nullable: true, maxItems: 5000, description: 'The ids of the complaints; or give `filter`' })
  ids?: string[] | null;

  @Nested(() => ComplaintFilterRequest, { nullable: true, description: 'Those that a list would show, as it is now; 10,000 at most' })
  filter?: ComplaintFilterRequest | null;
}

export class BulkApprovalRequest {
  @Text({ max: 64, description: 'The `hash` of the list that is approved' })
  hash!: string;
}

export class BulkRejectionRequest {
  @Text({ max: 2000, description: 'Kept sealed' })
  reason!: string;
}

export class BulkItemsRequest extends PageRequest {
  @OneOf(ITEM_STATES, { optional: true })
  state?: ItemState;
}

export class BulkCount {
  @Shown.oneOf(ITEM_STATES)
  readonly state!: ItemState;

  @Shown.text({ nullable: true, description: 'Why it was refused', example: 'recused' })
  readonly code!: string | null;

  @Shown.whole()
  readonly count!: number;
}

export class BulkView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(BULK_ACTIONS)
  readonly action!: BulkAction;

  @Shown.text({ nullable: true })
  readonly handler!: string | null;

  @Shown.text({ nullable: true })
  readonly tag!: string | null;

  @Shown.text({ nullable: true, description: 'Null where the reader’s role does not see personal data' })
  readonly note!: string | null;

  @Shown.free({ nullable: true, description: 'How they were chosen; null: one by one' })
  readonly filter!: Readonly<Record<string, unknown>> | null;

  @Shown.whole()
  readonly count!: number;

  @Shown.text({ description: 'SHA-256 over the ids of the list, a line each' })
  readonly hash!: string;

  @Shown.oneOf(BULK_STATES)
  readonly state!: BulkState;

  @Shown.text()
  readonly proposedBy!: string;

  @Shown.instant()
  readonly proposedAt!: string;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true, description: 'Why it was refused' })
  readonly refusal!: string | null;

  @Shown.list(() => BulkCount, { description: 'What became of them so far' })
  readonly counts!: readonly BulkCount[];

  @Shown.text({ nullable: true, description: 'Why the work ended before its time' })
  readonly failure!: string | null;

  @Shown.flag({ description: 'Whether I may approve or refuse it' })
  readonly awaitsMe!: boolean;
}

export class BulkPage implements Page<BulkView> {
  @Shown.list(() => BulkView, { description: 'The newest first' })
  readonly items!: readonly BulkView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class BulkItemView {
  @Shown.whole({ description: 'Its place in the list, from 1' })
  readonly seq!: number;

  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly complaintNumber!: string;

  @Shown.text({ nullable: true })
  readonly handler!: string | null;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.oneOf(ITEM_STATES)
  readonly state!: ItemState;

  @Shown.text({
    nullable: true,
    description: 'Why it was refused: a problem code, or what the clock’s rules say',
    example: 'term-already-over',
  })
  readonly code!: string | null;

  @Shown.text({ nullable: true, description: 'The article behind it, where a rule refused' })
  readonly source!: string | null;

  @Shown.text({ nullable: true })
  readonly detail!: string | null;
}

export class BulkItemPage implements Page<BulkItemView> {
  @Shown.list(() => BulkItemView)
  readonly items!: readonly BulkItemView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
