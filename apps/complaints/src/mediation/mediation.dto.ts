import { Amount, Currency, Instant, LocalDate, OneOf, Shown, Text, Texts } from '#wire';
import { ClockRejection } from '../complaint/complaint.view.ts';

export const MEDIATION_KINDS = ['mediation', 'appraisal'] as const;
export type MediationKind = (typeof MEDIATION_KINDS)[number];
export const MEDIATION_OUTCOMES = ['agreement', 'none', 'withdrawn', 'result'] as const;
export type MediationOutcome = (typeof MEDIATION_OUTCOMES)[number];
export const APPLICANTS = ['complainant', 'proxy'] as const;

const MOST_FILES = 20;

export class MediationRequest {
  @Text({ description: 'The organisation that mediates' })
  organisation!: string;

  @Text({ max: 4000, description: 'What is to be mediated; kept sealed' })
  subject!: string;

  @Instant({ description: 'When the bank applied' })
  bankAppliedAt!: string;

  @Instant({ description: 'When the complainant applied' })
  complainantAppliedAt!: string;

  @OneOf(APPLICANTS)
  complainantAppliedBy!: (typeof APPLICANTS)[number];

  @Instant({ description: 'When the complainant consented to the mediation' })
  consentAt!: string;

  @Text({ max: 2000, description: 'What proves the consent; kept sealed' })
  consentEvidence!: string;

  @Instant({ nullable: true, description: 'When the mediation began: the clock stands still from here; now when left out' })
  beganAt?: string | null;

  @Texts({ nullable: true, maxItems: MOST_FILES, description: 'Ids of files of the complaint' })
  files?: string[] | null;
}

export class AppraisalRequest {
  @Text({ description: 'The outside organisation that appraises, tests or assesses' })
  organisation!: string;

  @Text({ max: 4000, description: 'What is to be found out; kept sealed' })
  subject!: string;

  @Instant({ description: 'When the complainant was told of it' })
  complainantToldAt!: string;

  @Instant({ nullable: true, description: 'When it began: the clock stands still from here; now when left out' })
  beganAt?: string | null;

  @Texts({ nullable: true, maxItems: MOST_FILES, description: 'Ids of files of the complaint' })
  files?: string[] | null;
}

export class MediationEndRequest {
  @OneOf(MEDIATION_OUTCOMES, { description: '`agreement`, `none` or `withdrawn` of a mediation; `result` or `withdrawn` of an appraisal' })
  outcome!: MediationOutcome;

  @Text({ nullable: true, max: 20_000, description: 'The terms agreed on, or the result; needed for both. Kept sealed' })
  terms?: string | null;

  @Amount({ nullable: true, description: 'What the bank pays by the agreement' })
  amount?: string | null;

  @Currency({ nullable: true, description: 'CNY when left out' })
  currency?: string | null;

  @LocalDate({ nullable: true, description: 'The date agreed on for the decision: from now on it rules (CMP20 21)' })
  dueOn?: string | null;

  @Instant({ nullable: true, description: 'When it ended: the clock goes on from here; now when left out' })
  endedAt?: string | null;

  @Texts({ nullable: true, maxItems: MOST_FILES, description: 'Ids of files of the complaint: the agreement, the report' })
  files?: string[] | null;
}

export class MoneyView {
  @Shown.text({ example: '1234.50' })
  readonly amount!: string;

  @Shown.text({ example: 'CNY' })
  readonly currency!: string;
}

export class MediationView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(MEDIATION_KINDS)
  readonly kind!: MediationKind;

  @Shown.text()
  readonly organisation!: string;

  @Shown.text()
  readonly subject!: string;

  @Shown.text({ nullable: true, description: 'Who applied for the bank' })
  readonly bankAppliedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly bankAppliedAt!: string | null;

  @Shown.oneOf(APPLICANTS, { nullable: true })
  readonly complainantAppliedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly complainantAppliedAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly consentAt!: string | null;

  @Shown.text({ nullable: true })
  readonly consentEvidence!: string | null;

  @Shown.instant({ nullable: true, description: 'Of an appraisal: when the complainant was told' })
  readonly complainantToldAt!: string | null;

  @Shown.instant()
  readonly beganAt!: string;

  @Shown.flag({ description: 'Whether the clock stood still for it; beside the clock where it was decided already' })
  readonly paused!: boolean;

  @Shown.nested(() => ClockRejection, { nullable: true, description: 'Why the clock did not stop' })
  readonly notPaused!: ClockRejection | null;

  @Shown.instant({ nullable: true })
  readonly endedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly endedBy!: string | null;

  @Shown.oneOf(MEDIATION_OUTCOMES, { nullable: true })
  readonly outcome!: MediationOutcome | null;

  @Shown.text({ nullable: true })
  readonly terms!: string | null;

  @Shown.nested(() => MoneyView, { nullable: true })
  readonly money!: MoneyView | null;

  @Shown.localDate({ nullable: true, description: 'The date agreed on' })
  readonly agreedOn!: string | null;

  @Shown.nested(() => ClockRejection, { nullable: true, description: 'Why the clock did not take the date agreed on' })
  readonly notAgreed!: ClockRejection | null;

  @Shown.texts()
  readonly files!: readonly string[];

  @Shown.text()
  readonly begunBy!: string;
}

export class MediationList {
  @Shown.list(() => MediationView, { description: 'The newest last' })
  readonly items!: readonly MediationView[];

  @Shown.flag({ description: 'Whether one is under way' })
  readonly underWay!: boolean;

  @Shown.flag({ description: "Whether personal data are masked for the reader's role" })
  readonly masked!: boolean;
}
