import { LocalDate, NestedList, OneOf, Shown, Text } from '#wire';
import { DIMENSIONS, MOST_CODES } from './codes.ts';

export class CodeRequest {
  @OneOf(DIMENSIONS)
  dimension!: string;

  @Text({ max: 64 })
  code!: string;

  @Text({ nullable: true, max: 64, description: 'A code of the same dimension' })
  parent?: string | null;

  @Text({ max: 100 })
  zh!: string;

  @Text({ max: 100 })
  en!: string;

  @LocalDate({ description: 'From when on it may be given' })
  validFrom!: string;
}

export class CodeTableRequest {
  @NestedList(() => CodeRequest, { minItems: 1, maxItems: MOST_CODES, description: 'The whole table; the five areas may be left out' })
  codes!: CodeRequest[];

  @Text({ max: 2000, description: 'What is different, and why; shown to everyone who may read codes' })
  note!: string;
}

export class CodeTableProposalRequest {
  @LocalDate({ description: 'From when on it is in force: today or later, and not before a version that is published' })
  validFrom!: string;
}

export class CodeTableReturnRequest {
  @Text({ max: 2000 })
  reason!: string;
}

export class CodesInForceRequest {
  @LocalDate({ optional: true, description: 'Today when left out' })
  on?: string;
}

export class CodeView {
  @Shown.oneOf(DIMENSIONS)
  readonly dimension!: string;

  @Shown.text()
  readonly code!: string;

  @Shown.text({ nullable: true })
  readonly parent!: string | null;

  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;

  @Shown.localDate()
  readonly validFrom!: string;
}

export class CodesInForce {
  @Shown.whole({ description: '0: the product’s own table, in its own wording' })
  readonly version!: number;

  @Shown.localDate()
  readonly on!: string;

  @Shown.list(() => CodeView)
  readonly codes!: readonly CodeView[];
}

export class CodeChangeView {
  @Shown.oneOf(DIMENSIONS)
  readonly dimension!: string;

  @Shown.text()
  readonly code!: string;

  @Shown.oneOf(['added', 'changed', 'withdrawn'])
  readonly change!: string;

  @Shown.nested(() => CodeView, { nullable: true })
  readonly before!: CodeView | null;

  @Shown.nested(() => CodeView, { nullable: true })
  readonly after!: CodeView | null;
}

export class CodeTableItem {
  @Shown.whole({ description: '0: the product’s own' })
  readonly version!: number;

  @Shown.oneOf(['draft', 'proposed', 'published', 'replaced', 'built-in'])
  readonly state!: string;

  @Shown.flag({ description: 'Whether complaints are classified by it today' })
  readonly isInForce!: boolean;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.whole({ description: 'How many codes it has' })
  readonly codes!: number;

  @Shown.text({ nullable: true })
  readonly loadedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly loadedAt!: string | null;

  @Shown.localDate({ nullable: true })
  readonly validFrom!: string | null;

  @Shown.text({ nullable: true })
  readonly proposedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly proposedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly approvedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly approvedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly returnedBy!: string | null;

  @Shown.text({ nullable: true })
  readonly returnReason!: string | null;
}

export class CodeTableList {
  @Shown.list(() => CodeTableItem)
  readonly items!: readonly CodeTableItem[];
}

export class CodeTableView extends CodeTableItem {
  @Shown.list(() => CodeView)
  readonly entries!: readonly CodeView[];

  @Shown.list(() => CodeChangeView, { description: 'What becomes different from the version in force today' })
  readonly changes!: readonly CodeChangeView[];
}
