import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { LocalDate, OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import { SEVERITIES, type Severity } from '../oversight/setting.ts';
import { FINDING_STATES, VERDICTS, type FindingState, type RectificationVerdict } from './finding.store.ts';

export class FindingRequest {
  @Text({ nullable: true, max: 64, description: 'The item of the checklist; null: beside it' })
  itemId?: string | null;

  @OneOf(SEVERITIES)
  severity!: Severity;

  @Text({ nullable: true, description: 'The article; that of the item when left out' })
  source?: string | null;

  @Text({ max: 4000, description: 'What was found and what is to be done; kept sealed' })
  summary!: string;

  @applyDecorators(
    Text({ nullable: true, description: 'Who answers for it at the agency: a login or a collector’s id, no name' }),
    Matches(/^[\x21-\x7e]*$/, { message: 'must be a login or an id: letters, digits and signs, no space' }),
  )
  owner?: string | null;

  @LocalDate({ description: 'The last day on which the agency reports its rectification' })
  dueOn!: string;
}

export class RectificationRequest {
  @Text({ max: 4000, description: 'What was done about it; kept sealed' })
  report!: string;
}

export class VerificationRequest {
  @OneOf(VERDICTS)
  verdict!: RectificationVerdict;

  @Text({ max: 4000, description: 'What was checked, or what is still missing; kept sealed' })
  note!: string;

  @LocalDate({ nullable: true, description: 'Of a rejected one: the new last day; as before, when left out' })
  dueOn?: string | null;
}

export class InspectionFindingListRequest extends PageRequest {
  @Text({ optional: true })
  agencyId?: string;

  @OneOf(FINDING_STATES, { optional: true })
  state?: FindingState;
}

export class FileView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly fileName!: string;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.text({ description: 'SHA-256, hexadecimal' })
  readonly sha256!: string;

  @Shown.flag({ description: 'Sent by the agency' })
  readonly byAgency!: boolean;

  @Shown.text()
  readonly addedBy!: string;

  @Shown.instant()
  readonly addedAt!: string;
}

export class RectificationView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly report!: string;

  @Shown.text()
  readonly reportedBy!: string;

  @Shown.instant()
  readonly reportedAt!: string;

  @Shown.oneOf(VERDICTS, { nullable: true, description: 'Null: it waits' })
  readonly verdict!: RectificationVerdict | null;

  @Shown.text({ nullable: true })
  readonly verdictNote!: string | null;

  @Shown.text({ nullable: true })
  readonly verdictBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly verdictAt!: string | null;
}

export class FindingView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly inspectionId!: string;

  @Shown.text()
  readonly agencyId!: string;

  @Shown.text({ nullable: true })
  readonly itemId!: string | null;

  @Shown.oneOf(SEVERITIES)
  readonly severity!: Severity;

  @Shown.text({ nullable: true, description: 'The article' })
  readonly source!: string | null;

  @Shown.text()
  readonly summary!: string;

  @Shown.text({ nullable: true })
  readonly owner!: string | null;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.oneOf(FINDING_STATES)
  readonly state!: FindingState;

  @Shown.flag({ description: 'The last day has passed without a report' })
  readonly late!: boolean;

  @Shown.text()
  readonly foundBy!: string;

  @Shown.instant()
  readonly foundAt!: string;

  @Shown.text({ nullable: true })
  readonly acceptedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly acceptedAt!: string | null;

  @Shown.list(() => RectificationView, { description: 'What the agency reported, the oldest first' })
  readonly reports!: readonly RectificationView[];

  @Shown.list(() => FileView)
  readonly files!: readonly FileView[];
}

export class FindingPage implements Page<FindingView> {
  @Shown.list(() => FindingView)
  readonly items!: readonly FindingView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
