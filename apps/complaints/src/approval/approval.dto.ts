import { OneOf, PageRequest, Shown, type Page } from '#wire';
import { APPROVAL_KINDS, type ApprovalKind } from './approval-kinds.ts';

export const APPROVAL_STATES = ['awaiting-me', 'open', 'asked-by-me', 'settled'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

export const APPROVAL_OUTCOMES = ['approved', 'refused', 'withdrawn'] as const;
export type ApprovalOutcome = (typeof APPROVAL_OUTCOMES)[number];

export class ApprovalListRequest extends PageRequest {
  @OneOf(APPROVAL_STATES, {
    optional: true,
    description: '`awaiting-me` when left out: what a role of mine may settle and I did not ask for myself',
  })
  state?: ApprovalState;

  @OneOf(APPROVAL_KINDS, { optional: true, description: 'Of one kind alone' })
  kind?: ApprovalKind;
}

export class ApprovalItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(APPROVAL_KINDS, { description: 'What is to be approved' })
  readonly kind!: ApprovalKind;

  @Shown.uuid({ description: 'The id of what is to be approved, in its room' })
  readonly ref!: string;

  @Shown.uuid({ nullable: true, description: 'The complaint that it is about; null: not of one complaint' })
  readonly complaintId!: string | null;

  @Shown.text({ nullable: true, example: 'TS20261121-000001' })
  readonly complaintNumber!: string | null;

  @Shown.localDate({ nullable: true, description: 'When that complaint is due' })
  readonly dueOn!: string | null;

  @Shown.text({ description: 'Which role may settle it' })
  readonly role!: string;

  @Shown.text()
  readonly askedBy!: string;

  @Shown.instant()
  readonly askedAt!: string;

  @Shown.text({ nullable: true, description: 'What the asker wrote; null also where the reader’s role does not see personal data' })
  readonly note!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.oneOf(APPROVAL_OUTCOMES, { nullable: true })
  readonly outcome!: ApprovalOutcome | null;

  @Shown.flag({ description: 'Whether I may settle it: open, of a role of mine, and not asked for by me' })
  readonly awaitsMe!: boolean;
}

export class ApprovalPage implements Page<ApprovalItem> {
  @Shown.list(() => ApprovalItem)
  readonly items!: readonly ApprovalItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
