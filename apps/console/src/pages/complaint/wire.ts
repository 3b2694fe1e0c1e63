// What the complaints service answers, as the pages use it.

export type ClockState = 'running' | 'paused' | 'met' | 'missed' | 'withdrawn' | 'declined';
export type DueBucket = 'overdue' | 'today' | 'within-3' | 'within-7' | 'later' | 'paused' | 'closed';

export interface ClockSummary {
  readonly state: ClockState;
  readonly termId: string;
  readonly dueOn: string;
  readonly dueAt: string;
  readonly provisional: boolean;
  readonly daysLeft: number;
}

export interface Rejection {
  readonly code: string;
  readonly detail: string;
  readonly source: string;
}

export interface ClockAnswer extends ClockSummary {
  readonly segments: readonly { readonly from: string; readonly to: string | null; readonly cause: string }[];
  readonly rejected: readonly (Rejection & { readonly index: number })[];
}

export interface Against {
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly staffId: string | null;
}

export interface Proxy {
  readonly name: string;
  readonly idNumber?: string | null;
  readonly contact?: string | null;
}

export interface ComplaintItem {
  readonly id: string;
  readonly number: string;
  readonly externalRef: string | null;
  readonly channel: string;
  readonly category: string | null;
  readonly receivedAt: string;
  readonly registeredAt: string;
  readonly timeZone: string;
  readonly pack: string;
  readonly account: string | null;
  readonly subject: string;
  readonly against: Against;
  readonly decidedAt: string | null;
  readonly toldAt: string | null;
  readonly closedAt: string | null;
  /** Whether personal data are masked for the reader's role. */
  readonly masked: boolean;
  readonly groupSize: number;
  readonly handler: string | null;
  readonly state: ClockState;
  readonly dueBucket: DueBucket;
  readonly clock: ClockSummary;
  readonly hold: {
    readonly state: HoldState;
    readonly scope: { readonly agencyId: string | null; readonly collectorId: string | null } | null;
  };
}

export type HoldState = 'none' | 'requested' | 'set' | 'lifted' | 'no-case';

export interface Complaint extends Omit<ComplaintItem, 'clock'> {
  readonly complainant: {
    readonly name: string;
    readonly idNumber: string | null;
    readonly contact: string | null;
    readonly proxy: Proxy | null;
  };
  readonly narrative: string;
  readonly requests: readonly string[];
  readonly clock: ClockAnswer;
  readonly source: string;
  readonly registeredBy: string;
}

export interface EventAnswer {
  readonly id: string | null;
  readonly accepted: boolean;
  readonly rejected: Rejection | null;
  readonly complaint: Complaint;
}

export interface TimelineItem {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface Counts {
  readonly buckets: readonly { readonly dueBucket: DueBucket; readonly count: number }[];
  readonly days?: readonly { readonly dueOn: string; readonly count: number }[];
  readonly total: number;
}
