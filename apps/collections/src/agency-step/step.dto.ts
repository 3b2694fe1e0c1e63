import { AGENCY_STATUSES } from '../agency/standing.ts';
import { LocalDate, Nested, Shown, Text, type Page } from '#wire';
import { GAPS } from './gaps.ts';

export const STEP_KINDS = ['admission', 'exit'] as const;
export const STEP_STATES = ['proposed', 'approved', 'rejected', 'withdrawn'] as const;
export type StepKind = (typeof STEP_KINDS)[number];
export type StepState = (typeof STEP_STATES)[number];

export class DeclarationDto {
  @Text({ max: 200, description: 'Who signed it for the agency; kept sealed' })
  signedBy!: string;

  @LocalDate()
  signedOn!: string;

  @Text({ max: 40, description: 'The document of the kind `no-subcontracting-declaration`' })
  documentId!: string;
}

export class AdmissionRequest {
  @Nested(() => DeclarationDto, {
    nullable: true,
    description: 'That it does not sub-contract in any form: without it nobody is admitted (CC22, CBA26)',
  })
  declaration?: DeclarationDto | null;

  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class ExitRequest {
  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;

  @Text({ max: 2000, description: 'What becomes of its cases, files and data; kept sealed' })
  handling!: string;
}

export class DecisionRequest {
  @Text({ max: 2000, nullable: true, description: 'In your words; kept sealed' })
  reason?: string | null;
}

export class StepReasonRequest {
  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class DeclarationView {
  @Shown.text()
  readonly signedBy!: string;

  @Shown.localDate()
  readonly signedOn!: string;

  @Shown.uuid()
  readonly documentId!: string;
}

export class AgencyStepView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(STEP_KINDS)
  readonly kind!: string;

  @Shown.oneOf(STEP_STATES)
  readonly state!: string;

  @Shown.text()
  readonly proposedBy!: string;

  @Shown.instant()
  readonly proposedAt!: string;

  @Shown.text()
  readonly reason!: string;

  @Shown.nested(() => DeclarationView, { nullable: true, description: 'Of an admission' })
  readonly declaration!: DeclarationView | null;

  @Shown.text({ nullable: true, description: 'Of an exit: what becomes of its cases' })
  readonly handling!: string | null;

  @Shown.text({ nullable: true })
  readonly decidedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly decisionReason!: string | null;
}

export class AgencyStepPage implements Page<AgencyStepView> {
  @Shown.list(() => AgencyStepView)
  readonly items!: readonly AgencyStepView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class ReadinessView {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.oneOf(AGENCY_STATUSES)
  readonly status!: string;

  @Shown.manyOf(GAPS, { description: 'What is missing before it can be admitted, beside the declaration' })
  readonly admission!: readonly string[];

  @Shown.manyOf(GAPS, { description: 'What is missing before it can be activated' })
  readonly activation!: readonly string[];

  @Shown.nested(() => AgencyStepView, { nullable: true, description: 'What is proposed and not decided' })
  readonly openStep!: AgencyStepView | null;
}
