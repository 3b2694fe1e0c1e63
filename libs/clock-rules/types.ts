/** The events that the desk may write into the ledger of a complaint. */
export const EVENT_TYPES = [
  'declared-complex',
  'extended',
  'paused',
  'resumed',
  'new-facts',
  'agreed',
  'decided',
  'told',
  'declined',
  'withdrawn',
] as const;

/** With what an import writes for a complaint whose outcome is known and the day of its answer is not. */
export const LEDGER_EVENT_TYPES = [...EVENT_TYPES, 'outcome-recorded'] as const;

export const APPROVER_LEVELS = ['superior', 'head-office'] as const;
export const PAUSE_REASONS = ['appraisal', 'mediation'] as const;
export const TERM_IDS = ['decide', 'decide-complex', 'decide-special', 'agreed'] as const;

export const REJECTION_CODES = [
  'before-receipt',
  'not-yet-happened',
  'already-closed',
  'already-decided',
  'already-told',
  'not-decided',
  'term-already-over',
  'already-complex',
  'already-extended',
  'agreed-date-rules',
  'approval-missing',
  'complainant-not-told',
  'complainant-told-too-late',
  'already-paused',
  'not-paused',
  'complainant-not-agreed',
  'agreed-date-missing',
  'agreed-date-past',
] as const;

export type EventType = (typeof LEDGER_EVENT_TYPES)[number];
export type ApproverLevel = (typeof APPROVER_LEVELS)[number];
export type PauseReason = (typeof PAUSE_REASONS)[number];
export type TermId = (typeof TERM_IDS)[number];
export type RejectionCode = (typeof REJECTION_CODES)[number];
export type ClockState = 'running' | 'paused' | 'met' | 'missed' | 'withdrawn' | 'declined';
/** Why a stretch of days passed: `overdue` lies between the end of a term and the new facts that began another. */
export type SegmentCause = TermId | 'restart' | 'pause' | 'overdue';

/** One event as JSON: instants RFC 3339, local dates `YYYY-MM-DD`. */
export interface ClockEvent {
  readonly type: EventType;
  readonly at: string;
  /** `extended`: who approved. */
  readonly approverLevel?: ApproverLevel | null;
  /** `extended`: when the complainant was told of it. */
  readonly complainantToldAt?: string | null;
  /** `paused`: appraisal when left out. */
  readonly reason?: PauseReason | null;
  /** `paused` for mediation. */
  readonly complainantAgreed?: boolean | null;
  /** `agreed`: the last day, inclusive. */
  readonly dueOn?: string | null;
  /** `outcome-recorded`: answered within the term. */
  readonly inTime?: boolean | null;
}

export interface ClockInput {
  readonly pack: string;
  /** Asia/Shanghai when left out. */
  readonly timeZone?: string | null;
  readonly receivedAt: string;
  /** The instant for which the answer holds; what is later has not happened. */
  readonly at: string;
  /** In any order: they are taken by instant, at the same instant in the order of the list. */
  readonly events?: readonly ClockEvent[] | null;
}

export interface Segment {
  readonly from: string;
  /** Where the next one begins, the due date for the last; null while a pause is open. */
  readonly to: string | null;
  readonly cause: SegmentCause;
}

/** An event that the rules do not allow: it changed nothing. */
export interface Rejection {
  /** Its place in the list as given. */
  readonly index: number;
  readonly code: RejectionCode;
  /** English; see message.ts for the reader's language. */
  readonly detail: string;
  /** Instrument and article, or `product`. */
  readonly source: string;
}

export interface ClockAnswer {
  readonly state: ClockState;
  readonly termId: TermId;
  /** The last day, inclusive. With `dueAt` and `provisional` it depends on the ledger alone, not on `at`. */
  readonly dueOn: string;
  /** The instant at which that day ends. */
  readonly dueAt: string;
  /** The date rests on a year whose working days are not published. */
  readonly provisional: boolean;
  /** Local dates from `at` to `dueOn`; negative when it has passed. */
  readonly daysLeft: number;
  readonly segments: readonly Segment[];
  readonly rejected: readonly Rejection[];
}
