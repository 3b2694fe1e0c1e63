import { Flag, Instant, Nested, OneOf, PageRequest, QueryFlag, Shown, Text, Texts, type Page } from '#wire';
import { NOTICE_FORMS } from '../clock/event.dto.ts';
import { REVIEW_REJECTIONS } from './review-judgement.ts';

export const REVIEW_STATES = ['asked', 'taken', 'decided', 'told', 'withdrawn'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
export const REVIEW_OUTCOMES = ['upheld', 'changed', 'sent-back'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];
/** What the superior looks at (CMP20 20). */
export const REVIEW_FINDINGS = ['process', 'term', 'result'] as const;
export type ReviewFinding = (typeof REVIEW_FINDINGS)[number];
export const REQUESTERS = ['complainant', 'proxy'] as const;

const LONG = 20_000;
const MOST_FILES = 20;

export class ReviewRequest {
  @Instant({ description: 'When the complainant asked; the window counts to here' })
  requestedAt!: string;

  @Instant({
    nullable: true,
    description: 'When the superior received the request: its 30 days begin on that day; now when left out',
  })
  receivedAt?: string | null;

  @OneOf(REQUESTERS)
  requester!: (typeof REQUESTERS)[number];

  @Text({ max: LONG, description: 'Why, as the complainant wrote it; kept sealed' })
  reasons!: string;

  @Texts({ nullable: true, maxItems: MOST_FILES, description: 'Ids of files of the complaint: the written request' })
  files?: string[] | null;

  @Text({
    nullable: true,
    max: 4000,
    description: 'A supervisor takes a late request out of grace, and says why; it stays marked as late. Kept sealed',
  })
  graceReason?: string | null;
}

export class FindingRequest {
  @Flag({ description: 'Whether it was as it should be' })
  proper!: boolean;

  @Text({ max: 4000, description: 'On what facts and rules; kept sealed' })
  basis!: string;
}

export class ReviewDecisionRequest {
  @Nested(() => FindingRequest, { description: 'Of the process of handling' })
  process!: FindingRequest;

  @Nested(() => FindingRequest, { description: 'Of the time limit' })
  term!: FindingRequest;

  @Nested(() => FindingRequest, { description: 'Of the result' })
  result!: FindingRequest;

  @OneOf(REVIEW_OUTCOMES, { description: '`sent-back`: handled anew, as a complaint that follows this one' })
  outcome!: ReviewOutcome;

  @Text({ max: LONG, description: 'What the complainant is told; kept sealed' })
  text!: string;
}

export class ReviewTellingRequest {
  @Instant({ nullable: true, description: 'When; now when left out' })
  at?: string | null;

  @OneOf(NOTICE_FORMS)
  form!: (typeof NOTICE_FORMS)[number];

  @Text({ max: 2000, description: 'What proves it; kept sealed' })
  proof!: string;
}

export class ReviewWithdrawalRequest {
  @Text({ max: 2000, description: 'What proves that the complainant takes the request back; kept sealed' })
  evidence!: string;
}

export class ReviewListRequest extends PageRequest {
  @QueryFlag({ optional: true, description: '`true`: not told yet; `false`: over' })
  open?: boolean;

  @OneOf(REVIEW_STATES, { optional: true })
  state?: ReviewState;

  @QueryFlag({ optional: true, description: '`true`: not told, and their time is over' })
  overdue?: boolean;

  @Text({ optional: true, description: 'A subject, or `me`' })
  reviewer?: string;
}

export class FindingView {
  @Shown.flag()
  readonly proper!: boolean;

  @Shown.text()
  readonly basis!: string;
}

export class ReviewItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly complaintNumber!: string;

  @Shown.text({ description: 'What the complaint is about; empty where the reader’s role does not see personal data' })
  readonly subject!: string;

  @Shown.oneOf(REVIEW_STATES)
  readonly state!: ReviewState;

  @Shown.instant()
  readonly requestedAt!: string;

  @Shown.flag({ description: 'Asked for after the window, and taken out of grace' })
  readonly late!: boolean;

  @Shown.localDate({ description: 'The last day on which it is to be decided and told' })
  readonly dueOn!: string;

  @Shown.instant({ description: 'The instant at which that day ends' })
  readonly dueAt!: string;

  @Shown.flag({ description: 'Not told, and its time is over; or told after it' })
  readonly overdue!: boolean;

  @Shown.text({ nullable: true })
  readonly reviewer!: string | null;

  @Shown.text({ nullable: true, description: 'The unit of the reviewer' })
  readonly unit!: string | null;

  @Shown.oneOf(REVIEW_OUTCOMES, { nullable: true })
  readonly outcome!: ReviewOutcome | null;

  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When the complainant was told of the result' })
  readonly toldAt!: string | null;
}

export class ReviewView extends ReviewItem {
  @Shown.oneOf(REQUESTERS)
  readonly requester!: (typeof REQUESTERS)[number];

  @Shown.localDate({ description: 'Until when a review could be asked for' })
  readonly windowEndsOn!: string;

  @Shown.instant({ description: 'When the superior received the request' })
  readonly receivedAt!: string;

  @Shown.text()
  readonly reasons!: string;

  @Shown.texts()
  readonly files!: readonly string[];

  @Shown.text({ nullable: true, description: 'Why it was taken although it was late' })
  readonly graceReason!: string | null;

  @Shown.text()
  readonly askedBy!: string;

  @Shown.nested(() => FindingView, { nullable: true })
  readonly process!: FindingView | null;

  @Shown.nested(() => FindingView, { nullable: true })
  readonly term!: FindingView | null;

  @Shown.nested(() => FindingView, { nullable: true })
  readonly result!: FindingView | null;

  @Shown.text({ nullable: true })
  readonly text!: string | null;

  @Shown.text({ nullable: true })
  readonly decidedBy!: string | null;

  @Shown.oneOf(NOTICE_FORMS, { nullable: true })
  readonly toldForm!: string | null;

  @Shown.text({ nullable: true })
  readonly toldProof!: string | null;

  @Shown.instant({ nullable: true })
  readonly withdrawnAt!: string | null;

  @Shown.text({ nullable: true })
  readonly withdrawalEvidence!: string | null;

  @Shown.uuid({ nullable: true, description: 'The complaint that it was sent back as' })
  readonly successorId!: string | null;

  @Shown.flag({ description: "Whether personal data are masked for the reader's role" })
  readonly masked!: boolean;

  @Shown.flag({ description: 'Whether the reader had a part in the matter, and may not review it' })
  readonly recused!: boolean;
}

export class ReviewRefusal {
  @Shown.oneOf(REVIEW_REJECTIONS)
  readonly code!: string;

  @Shown.text({ description: 'In the language of `Accept-Language`' })
  readonly detail!: string;

  @Shown.text({ example: 'CMP20 20' })
  readonly source!: string;
}

export class ReviewAnswer {
  @Shown.flag()
  readonly accepted!: boolean;

  @Shown.nested(() => ReviewRefusal, { nullable: true, description: 'Why the rules do not allow it' })
  readonly rejected!: ReviewRefusal | null;

  @Shown.nested(() => ReviewView, { nullable: true })
  readonly review!: ReviewView | null;
}

export class ReviewStanding {
  @Shown.localDate({ nullable: true, description: 'The last day on which a review may be asked for; null: nobody was told of a decision' })
  readonly windowEndsOn!: string | null;

  @Shown.nested(() => ReviewRefusal, { nullable: true, description: 'Why none can be asked for now; null: it can' })
  readonly rejected!: ReviewRefusal | null;

  @Shown.list(() => ReviewView)
  readonly items!: readonly ReviewView[];
}

export class ReviewPage implements Page<ReviewItem> {
  @Shown.list(() => ReviewItem)
  readonly items!: readonly ReviewItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
