import { NestedList, OneOf, PageRequest, QueryFlag, Shown, Text, type Page } from '#wire';
import { SheetView } from './quality.dto.ts';
import { MARKS, type Mark } from './sheet.ts';

const reason = { max: 2000, description: 'In your words; kept sealed' } as const;

export class ReviewListRequest extends PageRequest {
  @QueryFlag({ optional: true, description: '`true`: those that I have done' })
  done?: boolean;
}

export class MarkDto {
  @Text({ max: 60, description: 'The item of the sheet' })
  item!: string;

  @OneOf(MARKS)
  mark!: Mark;
}

export class ReviewResultRequest {
  @NestedList(() => MarkDto, { maxItems: 60, description: 'One for every item of the sheet' })
  marks!: MarkDto[];

  @Text({ ...reason, optional: true })
  comment?: string;
}

export class MarkView {
  @Shown.text()
  readonly item!: string;

  @Shown.oneOf(MARKS)
  readonly mark!: Mark;
}

export class ReviewView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly sampleId!: string;

  @Shown.whole({ description: '1, 2: neither sees the other’s; 3 decides where they differ; 4 answers a dispute' })
  readonly position!: number;

  @Shown.text({ nullable: true, description: 'Null: whoever of the role does it' })
  readonly reviewer!: string | null;

  @Shown.text({ nullable: true, description: 'The case, as it was given at import' })
  readonly caseId!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.texts()
  readonly collectorIds!: readonly string[];

  @Shown.instant()
  readonly recordedAt!: string;

  @Shown.uuid({ nullable: true, description: 'The recording that is kept here, or whose address is' })
  readonly recordingId!: string | null;

  @Shown.text({ nullable: true, description: 'What the outcome says of a recording that is not in the register' })
  readonly reference!: string | null;

  @Shown.instant({ nullable: true })
  readonly dueAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly doneAt!: string | null;

  @Shown.whole({ nullable: true })
  readonly score!: number | null;

  @Shown.flag({ nullable: true })
  readonly fatal!: boolean | null;
}

export class ReviewPage implements Page<ReviewView> {
  @Shown.list(() => ReviewView)
  readonly items!: readonly ReviewView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class EarlierReview {
  @Shown.whole()
  readonly position!: number;

  @Shown.text()
  readonly reviewer!: string;

  @Shown.list(() => MarkView)
  readonly marks!: readonly MarkView[];

  @Shown.whole()
  readonly score!: number;

  @Shown.text({ nullable: true })
  readonly comment!: string | null;
}

export class ReviewWithSheet extends ReviewView {
  @Shown.nested(() => SheetView)
  readonly sheet!: SheetView;

  @Shown.list(() => MarkView)
  readonly marks!: readonly MarkView[];

  @Shown.text({ nullable: true })
  readonly comment!: string | null;

  @Shown.list(() => EarlierReview, { description: 'What others said, for whoever decides where they differ' })
  readonly earlier!: readonly EarlierReview[];
}

export const RESULT_STATES = ['finished', 'disputed', 'answered'] as const;

export class ResultListRequest extends PageRequest {
  @Text({ optional: true })
  agencyId?: string;

  @QueryFlag({ optional: true, description: 'Only those that did not pass, or only those that did' })
  passed?: boolean;
}

export class ResultView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ nullable: true })
  readonly caseId!: string | null;

  @Shown.text({ nullable: true, description: 'Null: the bank itself' })
  readonly agencyId!: string | null;

  @Shown.texts()
  readonly collectorIds!: readonly string[];

  @Shown.instant()
  readonly recordedAt!: string;

  @Shown.instant()
  readonly finishedAt!: string;

  @Shown.whole()
  readonly score!: number;

  @Shown.flag({ description: 'A fatal item was not met' })
  readonly fatal!: boolean;

  @Shown.flag()
  readonly passed!: boolean;

  @Shown.oneOf(RESULT_STATES)
  readonly state!: (typeof RESULT_STATES)[number];

  @Shown.flag({ nullable: true, description: 'Whether the answer to the dispute changed the result' })
  readonly changed!: boolean | null;
}

export class ResultPage implements Page<ResultView> {
  @Shown.list(() => ResultView)
  readonly items!: readonly ResultView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class ResultDetail extends ResultView {
  @Shown.nested(() => SheetView)
  readonly sheet!: SheetView;

  @Shown.list(() => MarkView, { description: 'Those that count' })
  readonly marks!: readonly MarkView[];

  @Shown.text({ nullable: true, description: 'Of the review that counts' })
  readonly comment!: string | null;

  @Shown.list(() => EarlierReview, { description: 'All who reviewed it, for people of the bank' })
  readonly reviews!: readonly EarlierReview[];

  @Shown.text({ nullable: true, description: 'What the agency says against it' })
  readonly dispute!: string | null;

  @Shown.text({ nullable: true })
  readonly answer!: string | null;

  @Shown.flag({ description: 'Whether I may dispute it' })
  readonly mayDispute!: boolean;

  @Shown.flag({ description: 'Whether I may answer the dispute' })
  readonly mayAnswer!: boolean;
}

export class DisputeRequest {
  @Text({ ...reason, description: 'Why the result is not right; kept sealed' })
  reason!: string;
}

export class DisputeAnswerRequest {
  @NestedList(() => MarkDto, { maxItems: 60, description: 'The marks anew; empty: the result stands' })
  marks!: MarkDto[];

  @Text(reason)
  answer!: string;
}
