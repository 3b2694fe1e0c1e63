import { Amount, LocalDate, NestedList, OneOf, Shown, Text, type Page } from '#wire';

export const TRAINING_RESULTS = ['passed', 'failed', 'absent'] as const;

export class AttendantDto {
  @Text({ max: 200 })
  collectorId!: string;

  @OneOf(TRAINING_RESULTS)
  result!: (typeof TRAINING_RESULTS)[number];
}

export class TrainingRequest {
  @LocalDate()
  heldOn!: string;

  @Text({ max: 400, description: 'What it was about' })
  subject!: string;

  @Amount({ example: '4.5', description: 'Hours, with one decimal at most' })
  hours!: string;

  @NestedList(() => AttendantDto, { minItems: 1, maxItems: 1000, description: 'Collectors of the agency, each once' })
  attendants!: AttendantDto[];

  @Text({ nullable: true, max: 40, description: 'The id of the list that they signed' })
  documentId?: string | null;
}

export class AttendantView {
  @Shown.text()
  readonly collectorId!: string;

  @Shown.oneOf(TRAINING_RESULTS)
  readonly result!: string;
}

export class AgencyTrainingView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.localDate()
  readonly heldOn!: string;

  @Shown.text()
  readonly subject!: string;

  @Shown.text({ description: 'Hours' })
  readonly hours!: string;

  @Shown.list(() => AttendantView)
  readonly attendants!: readonly AttendantView[];

  @Shown.uuid({ nullable: true })
  readonly documentId!: string | null;

  @Shown.text()
  readonly notedBy!: string;

  @Shown.instant()
  readonly notedAt!: string;
}

export class AgencyTrainingPage implements Page<AgencyTrainingView> {
  @Shown.list(() => AgencyTrainingView)
  readonly items!: readonly AgencyTrainingView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
