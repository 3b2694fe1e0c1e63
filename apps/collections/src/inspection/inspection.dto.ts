import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { LocalDate, ManyOf, NestedList, OneOf, PageRequest, Shown, Text, Whole, type Page } from '#wire';
import { ChecklistItemView } from './checklist.dto.ts';
import { INSPECTION_KINDS, type InspectionKind } from './checklist.ts';
import { FindingView, FileView } from './finding.dto.ts';
import { ANSWERS, INSPECTION_STATES, type Answer, type InspectionState } from './inspection.store.ts';

/** A login: no name, which would have to be kept sealed. */
export const Login = (about: { description: string; nullable?: boolean; optional?: boolean }): PropertyDecorator =>
  applyDecorators(
    Text({ max: 200, ...about }),
    Matches(/^[\x21-\x7e]+$/, { message: 'must be a login: letters, digits and signs, no space' }),
  );

const Reason = (): PropertyDecorator => Text({ max: 2000, description: 'Why, in your words; kept sealed' });

export class InspectionRequest {
  @Text()
  agencyId!: string;

  @OneOf(INSPECTION_KINDS)
  kind!: InspectionKind;

  @LocalDate({ description: 'Today or later' })
  plannedOn!: string;

  @Login({ optional: true, description: 'Who inspects: a login; you, when left out' })
  inspector?: string;
}

export class InspectionPlanRequest {
  @Whole({ min: 2000, max: 2999, description: 'The calendar year' })
  year!: number;

  @ManyOf(INSPECTION_KINDS, { minItems: 1, maxItems: 2, description: 'What is planned for every agency that misses it' })
  kinds!: InspectionKind[];

  @Login({ optional: true, description: 'Who inspects: a login; you, when left out' })
  inspector?: string;
}

export class ReschedulingRequest {
  @LocalDate({ description: 'Today or later' })
  plannedOn!: string;

  @Login({ optional: true, description: 'Who inspects; as before, when left out' })
  inspector?: string;

  @Reason()
  reason!: string;
}

export class CancellationRequest {
  @Reason()
  reason!: string;
}

export class AnswerRequest {
  @Text({ max: 64 })
  itemId!: string;

  @OneOf(ANSWERS)
  answer!: Answer;

  @Text({ nullable: true, max: 4000, description: 'What was seen; kept sealed' })
  note?: string | null;
}

export class AnswersRequest {
  @NestedList(() => AnswerRequest, { minItems: 1, maxItems: 100 })
  answers!: AnswerRequest[];
}

export class InspectionCompletionRequest {
  @Text({ max: 4000, description: 'What the inspection has shown, in short; kept sealed' })
  summary!: string;
}

export class InspectionListRequest extends PageRequest {
  @Text({ optional: true })
  agencyId?: string;

  @OneOf(INSPECTION_KINDS, { optional: true })
  kind?: InspectionKind;

  @OneOf(INSPECTION_STATES, { optional: true })
  state?: InspectionState;
}

export class CoverageRequest {
  @Whole({ optional: true, min: 2000, max: 2999, description: 'The calendar year; this one when left out' })
  year?: number;
}

export class InspectionItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly agencyName!: string;

  @Shown.oneOf(INSPECTION_KINDS)
  readonly kind!: InspectionKind;

  @Shown.oneOf(INSPECTION_STATES)
  readonly state!: InspectionState;

  @Shown.localDate()
  readonly plannedOn!: string;

  @Shown.text()
  readonly inspector!: string;

  @Shown.whole()
  readonly checklistVersion!: number;

  @Shown.text()
  readonly plannedBy!: string;

  @Shown.instant()
  readonly plannedAt!: string;

  @Shown.instant({ nullable: true })
  readonly begunAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly doneAt!: string | null;

  @Shown.text({ nullable: true })
  readonly doneBy!: string | null;

  @Shown.whole()
  readonly findingCount!: number;

  @Shown.whole({ description: 'Findings whose rectification is not accepted yet' })
  readonly openFindings!: number;
}

export class AnswerView {
  @Shown.text()
  readonly itemId!: string;

  @Shown.oneOf(ANSWERS)
  readonly answer!: Answer;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text()
  readonly answeredBy!: string;

  @Shown.instant()
  readonly answeredAt!: string;
}

export class InspectionView extends InspectionItem {
  @Shown.list(() => ChecklistItemView, { description: 'What is asked: as it was when it began; before that, what would be asked now' })
  readonly items!: readonly ChecklistItemView[];

  @Shown.list(() => AnswerView)
  readonly answers!: readonly AnswerView[];

  @Shown.list(() => FindingView)
  readonly findings!: readonly FindingView[];

  @Shown.list(() => FileView, { description: 'Evidence of the inspection as a whole; that of a finding stands with it' })
  readonly files!: readonly FileView[];

  @Shown.text({ nullable: true })
  readonly summary!: string | null;
}

export class InspectionPage implements Page<InspectionItem> {
  @Shown.list(() => InspectionItem)
  readonly items!: readonly InspectionItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class AgencyCoverage {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.whole()
  readonly onSiteNeeded!: number;

  @Shown.whole()
  readonly onSiteDone!: number;

  @Shown.whole()
  readonly onSitePlanned!: number;

  @Shown.whole()
  readonly offSiteDone!: number;

  @Shown.whole()
  readonly offSitePlanned!: number;

  @Shown.whole({ description: 'On-site inspections that are neither done nor planned' })
  readonly missing!: number;

  @Shown.localDate({ nullable: true, description: 'The next that is planned' })
  readonly nextOn!: string | null;

  @Shown.localDate({ nullable: true, description: 'The last that was done in the year' })
  readonly lastOn!: string | null;
}

export class CoverageView {
  @Shown.whole()
  readonly year!: number;

  @Shown.list(() => AgencyCoverage)
  readonly items!: readonly AgencyCoverage[];
}
