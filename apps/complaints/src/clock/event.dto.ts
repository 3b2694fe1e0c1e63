import { Amount, Flag, Instant, LocalDate, OneOf, Shown, Text } from '#wire';
import { ClockRejection, ComplaintView } from '../complaint/complaint.view.ts';
import { PAUSE_REASONS } from './clock.dto.ts';

export const OUTCOMES = ['upheld', 'partly-upheld', 'not-upheld'] as const;
export const NOTICE_FORMS = ['paper', 'sms', 'email', 'phone', 'other'] as const;
const LONG = 20_000;

/** Every clock event has an instant. */
export class EventRequest {
  @Instant({ nullable: true, description: 'When it happened: not before the complaint was received, not in the future; now when left out' })
  at?: string | null;
}

export class ComplexityRequest extends EventRequest {
  @Text({ nullable: true, max: 4000, description: 'Why it is complicated; kept sealed' })
  note?: string | null;
}

export class ExtensionRequest extends EventRequest {
  @Instant({ description: 'When the complainant was told of the longer term' })
  complainantToldAt!: string;

  @Text({ nullable: true, max: 4000, description: 'Kept sealed' })
  note?: string | null;
}

export class PauseRequest extends EventRequest {
  @OneOf(PAUSE_REASONS)
  reason!: (typeof PAUSE_REASONS)[number];

  @Instant({ nullable: true, description: 'For an appraisal: when the complainant was told' })
  complainantToldAt?: string | null;

  @Flag({ nullable: true, description: 'For mediation: whether the complainant agreed' })
  complainantAgreed?: boolean | null;
}

export class ResumptionRequest extends EventRequest {}

export class NewFactsRequest extends EventRequest {
  @Text({ max: 4000, description: 'The new facts and reasons; kept sealed' })
  note!: string;
}

export class AgreementRequest extends EventRequest {
  @LocalDate({ description: 'The date that both sides agreed on' })
  dueOn!: string;

  @Text({ max: 2000, description: 'What proves the agreement; kept sealed' })
  evidence!: string;
}

export class DecisionRequest extends EventRequest {
  @OneOf(OUTCOMES)
  outcome!: (typeof OUTCOMES)[number];

  @Text({ max: LONG, description: 'Facts verified, basis, reasons and remedies; kept sealed' })
  text!: string;

  @Amount({
    nullable: true,
    description: 'What is paid, credited or waived, in CNY; above what the approval matrix leaves free the decision waits for approval',
  })
  amount?: string | null;

  @OneOf(['ordinary', 'serious'], { nullable: true, description: 'How much hangs on it; ordinary when left out' })
  severity?: 'ordinary' | 'serious' | null;
}

export class NoticeRequest extends EventRequest {
  @OneOf(NOTICE_FORMS)
  form!: (typeof NOTICE_FORMS)[number];

  @Text({ nullable: true, max: 2000, description: 'What proves that the complainant was told; kept sealed' })
  proof?: string | null;
}

export class DeclineRequest extends EventRequest {
  @Text({ max: 4000, description: 'Why it comes neither from the complainant nor from a representative; kept sealed' })
  reason!: string;

  @Instant({ description: 'When the person who filed it was told' })
  toldAt!: string;
}

export class WithdrawalRequest extends EventRequest {
  @Text({
    max: 2000,
    description:
      'What the complainant wrote or said; kept sealed. What an employee alone says is reported to be confirmed instead (CMP20 15)',
  })
  evidence!: string;
}

export class ClockEventAnswer {
  @Shown.uuid({ nullable: true, description: 'The event in the ledger; null when it was refused' })
  readonly id!: string | null;

  @Shown.flag()
  readonly accepted!: boolean;

  @Shown.nested(() => ClockRejection, { nullable: true, description: 'Why the rules do not allow it' })
  readonly rejected!: ClockRejection | null;

  @Shown.nested(() => ComplaintView, { description: 'The complaint as it is now' })
  readonly complaint!: ComplaintView;
}
