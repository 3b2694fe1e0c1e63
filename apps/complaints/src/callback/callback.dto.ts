import { Instant, LocalDate, OneOf, PageRequest, Text, Whole } from '#wire';

export const CALLBACK_PURPOSES = ['satisfaction', 'confirm-withdrawal'] as const;
export type CallbackPurpose = (typeof CALLBACK_PURPOSES)[number];
export const CALLBACK_STATES = ['planned', 'sent', 'answered', 'refused', 'unreachable', 'expired', 'confirmed', 'denied'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];
export const TRY_RESULTS = ['no-answer', 'busy', 'wrong-number', 'call-later', 'refused', 'answered', 'confirmed', 'denied'] as const;
export type TryResult = (typeof TRY_RESULTS)[number];
export const RESOLVED = ['yes', 'partly', 'no'] as const;
export const FIGURES_BY = ['handler', 'unit', 'agency', 'cause'] as const;
export type FiguresBy = (typeof FIGURES_BY)[number];

export class CallbackSettingRequest {
  @Whole({ max: 100, description: 'How many of a hundred complaints are drawn; 100: all' })
  samplePercent!: number;

  @Whole({ max: 90, description: 'How many days after the complainant was told' })
  daysAfter!: number;

  @Whole({ min: 1, max: 90, description: 'How many days a link holds' })
  linkDays!: number;

  @Whole({ min: 1, max: 90, description: 'Within how many days somebody has called' })
  phoneDays!: number;

  @Whole({ min: 1, max: 4, description: 'This score and those below are looked at by a supervisor' })
  lowScore!: number;

  @Whole({ min: 3, max: 100, description: 'No figure is shown of fewer answers' })
  minimumCount!: number;
}

export class SatisfactionAnswerRequest {
  @Whole({ min: 1, max: 5, description: 'From 1, very dissatisfied, to 5, very satisfied' })
  score!: number;

  @OneOf(RESOLVED, { nullable: true, description: 'Whether the matter is settled' })
  resolved?: (typeof RESOLVED)[number] | null;

  @Text({ nullable: true, max: 2000, description: 'In one’s own words; kept sealed' })
  comment?: string | null;
}

export class TryRequest {
  @OneOf(TRY_RESULTS, { description: '`answered` of satisfaction, with a score; `confirmed` or `denied` of a withdrawal' })
  result!: TryResult;

  @Whole({ nullable: true, min: 1, max: 5 })
  score?: number | null;

  @OneOf(RESOLVED, { nullable: true })
  resolved?: (typeof RESOLVED)[number] | null;

  @Text({ nullable: true, max: 2000, description: 'What the complainant said; kept sealed' })
  comment?: string | null;

  @Text({
    nullable: true,
    max: 2000,
    description: 'Of the caller; kept sealed. Where a withdrawal is confirmed: what proves it, such as the recording',
  })
  note?: string | null;
}

export class WithdrawalReportRequest {
  @Text({ max: 4000, description: 'What the complainant is said to have said, and why he withdraws; kept sealed' })
  reasons!: string;

  @Instant({ nullable: true, description: 'When he said it; now when left out' })
  reportedAt?: string | null;
}

export class LookRequest {
  @Text({ max: 2000, description: 'What follows from it; kept sealed' })
  note!: string;
}

export class CallbackListRequest extends PageRequest {
  @OneOf(['to-call', 'to-look', 'all'], {
    optional: true,
    description: '`to-call` when left out: waits for a call; `to-look`: a low score that nobody has looked at',
  })
  which?: 'to-call' | 'to-look' | 'all';
}

export class FiguresRequest {
  @LocalDate({ description: 'First day on which it was asked, in the zone of the institution' })
  from!: string;

  @LocalDate({ description: 'Last day, inclusive' })
  to!: string;

  @OneOf(FIGURES_BY, { optional: true, description: '`handler` when left out' })
  by?: FiguresBy;
}
