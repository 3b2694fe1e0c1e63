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

/**
 * What the desk does not write by hand: `outcome-recorded`, with what an import writes for a complaint whose outcome is known and the day of its answer is not;
 * `merged`, with which a repeat ends that goes on as the complaint it repeats.
 */
export const LEDGER_EVENT_TYPES = [...EVENT_TYPES, 'outcome-recorded', 'merged'] as const;

/** `complaint-head`: the head of complaint handling of the institution itself (投诉处理工作负责人). */
export const APPROVER_LEVELS = ['superior', 'head-office', 'complaint-head'] as const;
export const PAUSE_REASONS = ['appraisal', 'mediation'] as const;
export const TERM_IDS = ['decide', 'decide-complex', 'decide-special', 'final', 'agreed'] as const;
/** What a complaint is about, where a pack has terms of its own for it. */
export const MATTERS = ['payment-services'] as const;

export const REJECTION_CODES = [
  'before-receipt',
  'not-yet-happened',
  'not-provided',
  'already-closed',
  'already-decided',
  'already-told',
  'not-decided',
  'term-already-over',
  'already-complex',
  'already-extended',
  'agreed-date-rules',
  'approval-missing',
  'head-approval-missing',
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
export type Matter = (typeof MATTERS)[number];
export type TermId = (typeof TERM_IDS)[number];
export type RejectionCode = (typeof REJECTION_CODES)[number];
export type ClockState = 'running' | 'paused' | 'met' | 'missed' | 'withdrawn' | 'declined' | 'merged';
/** Why a stretch of days passed: `overdue` lies between the end of a term and the new facts that began another. */
export type SegmentCause = TermId | 'restart' | 'pause' | 'overdue';

/** One event as JSON: instants RFC 3339, local dates `YYYY-MM-DD`. */
export interface ClockEvent {
  readonly type: EventType;
  readonly at: string;
  /** What grants a longer term: who approved it, where the pack asks for somebody. */
  readonly approverLevel?: ApproverLevel | null;
  /** What grants a longer term: when the complainant was told of it, where the pack asks for it. */
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
  /** Null: a complaint as most are. A pack that has no terms for the matter judges it by those for all. */
  readonly matter?: Matter | null;
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

/** A date of the pack that is no term: until then the complaint may be answered in a simpler form. */
export interface Window {
  readonly termId: 'summary';
  /** The last day, inclusive, and the instant at which it ends. */
  readonly lastOn: string;
  readonly endsAt: string;
  readonly provisional: boolean;
  /** `used`: decided and told within it. */
  readonly state: 'open' | 'used' | 'passed';
  readonly source: string;
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
  /** Of packs that have any. */
  readonly windows?: readonly Window[];
}
