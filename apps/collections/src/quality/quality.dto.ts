import { Flag, LocalDate, NestedList, Shown, Text, Texts, Whole, type Page } from '#wire';

export class ReviewerDto {
  @Text({ description: 'As their token names them' })
  person!: string;

  @Texts({ optional: true, maxItems: 20, description: 'Numbers under which the same person collects: such contacts are given to others' })
  collectorIds?: string[];
}

export class QualitySettingRequest {
  @Whole({ min: 1, max: 100, description: 'Percent of the recordings of each agency, and of the bank itself' })
  percent!: number;

  @Whole({ min: 0, max: 1000, description: 'At least so many of each' })
  minimum!: number;

  @Whole({
    min: 0,
    max: 100,
    description: 'Percent of what is drawn that a second reviewer marks as well, without seeing the first’s marks',
  })
  secondPercent!: number;

  @NestedList(() => ReviewerDto, { maxItems: 200, description: 'People of the bank; none: whoever of the role takes it' })
  reviewers!: ReviewerDto[];
}

export class ReviewerView {
  @Shown.text()
  readonly person!: string;

  @Shown.texts()
  readonly collectorIds!: readonly string[];
}

export class QualitySettingView {
  @Shown.whole()
  readonly percent!: number;

  @Shown.whole()
  readonly minimum!: number;

  @Shown.whole()
  readonly secondPercent!: number;

  @Shown.list(() => ReviewerView)
  readonly reviewers!: readonly ReviewerView[];

  @Shown.flag({ description: 'Whether it has been set, so that each week is drawn by itself' })
  readonly isSet!: boolean;
}

export class SheetItemDto {
  @Text({ max: 60 })
  id!: string;

  @Whole({ min: 1, max: 100 })
  weight!: number;

  @Flag({ description: 'Not met: the whole is worth nothing' })
  fatal!: boolean;

  @Text({ optional: true, max: 60, description: 'Instrument and article' })
  source?: string;

  @Text({ max: 200 })
  zh!: string;

  @Text({ max: 200 })
  en!: string;
}

export class SheetRequest {
  @Whole({ min: 1, max: 100 })
  passScore!: number;

  @NestedList(() => SheetItemDto, { minItems: 1, maxItems: 60 })
  items!: SheetItemDto[];

  @Text({ max: 500, description: 'What changes, and why' })
  note!: string;
}

export class SheetItemView {
  @Shown.text()
  readonly id!: string;

  @Shown.whole()
  readonly weight!: number;

  @Shown.flag()
  readonly fatal!: boolean;

  @Shown.text()
  readonly source!: string;

  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;
}

export class SheetView {
  @Shown.whole({ description: '0: the product’s own' })
  readonly version!: number;

  @Shown.whole()
  readonly passScore!: number;

  @Shown.list(() => SheetItemView)
  readonly items!: readonly SheetItemView[];
}

export class Sheets {
  @Shown.list(() => SheetView)
  readonly items!: readonly SheetView[];
}

export class DrawRequest {
  @LocalDate({ description: 'First day, in the zone of the institution' })
  from!: string;

  @LocalDate({ description: 'Last day, inclusive; over' })
  to!: string;
}

export class LayerView {
  @Shown.text({ nullable: true, description: 'Null: the bank itself' })
  readonly agencyId!: string | null;

  @Shown.whole()
  readonly recordings!: number;

  @Shown.whole()
  readonly drawn!: number;
}

export class SamplePlanView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;

  @Shown.text({ description: 'Whoever has it draws the same again' })
  readonly seed!: string;

  @Shown.whole()
  readonly percent!: number;

  @Shown.whole()
  readonly minimum!: number;

  @Shown.whole()
  readonly secondPercent!: number;

  @Shown.whole()
  readonly sheetVersion!: number;

  @Shown.list(() => LayerView)
  readonly layers!: readonly LayerView[];

  @Shown.whole({ description: 'Drawn in all' })
  readonly drawn!: number;

  @Shown.whole({ description: 'Of them: with a result' })
  readonly finished!: number;

  @Shown.instant()
  readonly drawnAt!: string;

  @Shown.text()
  readonly drawnBy!: string;
}

export class SamplePlanPage implements Page<SamplePlanView> {
  @Shown.list(() => SamplePlanView)
  readonly items!: readonly SamplePlanView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class CalibrationRequest {
  @LocalDate({ description: 'First day on which the second of two reviews was done' })
  from!: string;

  @LocalDate()
  to!: string;
}

export class ItemAgreement {
  @Shown.text()
  readonly item!: string;

  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;

  @Shown.whole()
  readonly pairs!: number;

  @Shown.number({ nullable: true, description: 'Share of the pairs that marked the same' })
  readonly exact!: number | null;

  @Shown.number({ nullable: true, description: 'Cohen’s kappa; null where chance alone would agree' })
  readonly kappa!: number | null;
}

export class ReviewerAgreement {
  @Shown.text()
  readonly reviewer!: string;

  @Shown.whole()
  readonly pairs!: number;

  @Shown.number({ nullable: true, description: 'Share of items marked as the other did' })
  readonly exact!: number | null;

  @Shown.number({ nullable: true, description: 'Mean of own score less the other’s: above zero is milder' })
  readonly milder!: number | null;
}

export class CalibrationView {
  @Shown.whole({ description: 'Recordings that two reviewed' })
  readonly pairs!: number;

  @Shown.whole({ description: 'Of them: a third decided' })
  readonly third!: number;

  @Shown.number({ nullable: true, description: 'Kappa of the grades (fatal, poor, fair, good), weighted linearly' })
  readonly gradeKappa!: number | null;

  @Shown.list(() => ItemAgreement)
  readonly items!: readonly ItemAgreement[];

  @Shown.list(() => ReviewerAgreement)
  readonly reviewers!: readonly ReviewerAgreement[];
}
