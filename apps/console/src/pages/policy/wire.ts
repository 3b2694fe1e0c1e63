import type { Answer } from '../../api/models.ts';

// Until the services' documents have these.

export type Severity = 'block' | 'warn';
export type DraftState = 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn';

export interface PackVersion {
  readonly pack: string;
  readonly version: number;
}

export interface RuleText {
  readonly pack: string;
  readonly ruleId: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly severity: Severity;
  readonly source: string;
  readonly article: string;
  readonly grade: 'A' | 'B' | 'C';
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly tenantValue: boolean;
  readonly mayWarn: boolean;
  readonly title: string;
  readonly says: string;
  readonly exceptions: readonly string[];
  readonly limits: readonly string[];
  readonly ownChange: boolean;
}

export interface PackTitle {
  readonly pack: string;
  readonly title: string;
  readonly versions: readonly number[];
}

export interface PackPage extends PackVersion {
  readonly title: string;
  readonly rows: readonly RuleText[];
}

export interface OwnRow {
  readonly ruleId: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly severity: Severity;
  readonly source: string;
  readonly article: string;
  readonly grade: 'A' | 'B' | 'C';
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
  readonly title?: { readonly zh: string; readonly en: string };
}

export interface Adjustment {
  readonly cap?: number;
  readonly refused?: { readonly from: string; readonly to: string };
  readonly severity?: Severity;
  readonly off?: true;
  readonly minCollectors?: number;
}

export type Adjustments = Readonly<Record<string, Adjustment>>;

export interface InForce {
  readonly version: number | null;
  readonly product: string | null;
  readonly effectiveFrom: string | null;
  readonly packs: readonly (PackVersion & { readonly title: string })[];
  readonly adjust: Adjustments;
  readonly rules: readonly OwnRow[];
  readonly rows: readonly RuleText[];
}

export interface PolicyVersion {
  readonly number: number;
  readonly product: string | null;
  readonly packs: readonly PackVersion[];
  readonly effectiveFrom: string;
  readonly author: string;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly note: string;
  readonly draftId: string | null;
}

export interface Looseness {
  readonly pointer: string;
  readonly ruleId: string;
  readonly pack: string;
  readonly code: string;
  readonly text: string;
}

export interface HistoryItem {
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly detail: string | null;
}

export interface DraftRequest {
  readonly product: string | null;
  readonly packs: readonly { readonly pack: string; readonly version?: number }[];
  readonly adjust: Adjustments;
  readonly rules: readonly OwnRow[];
  readonly note: string;
}

export interface Draft {
  readonly id: string;
  readonly state: DraftState;
  readonly revision: number;
  readonly product: string | null;
  readonly packs: readonly PackVersion[];
  readonly adjust: Adjustments;
  readonly rules: readonly OwnRow[];
  readonly note: string;
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly looser: readonly Looseness[];
  readonly history: readonly HistoryItem[];
  readonly version: number | null;
  readonly effectiveFrom: string | null;
}

export interface Change {
  readonly pack: string;
  readonly ruleId: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly effect: 'tighter' | 'looser' | 'other';
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Diff {
  readonly against: number | null;
  readonly changes: readonly Change[];
}

export interface Turned {
  readonly toRefused: number;
  readonly toPermitted: number;
}

export interface Sample {
  readonly attemptId: string;
  readonly at: string;
  readonly caseId: string;
  readonly channel: Channel;
  readonly agencyId: string | null;
  readonly before: Answer;
  readonly after: Answer;
}

export type Channel = 'voice' | 'sms' | 'email' | 'im' | 'letter' | 'visit';

export interface Simulation extends Turned {
  readonly id: string;
  readonly draftId: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly createdAt: string;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly period: { readonly from: string; readonly to: string };
  readonly judged: number;
  readonly changed: number;
  readonly byRule: readonly (Turned & { readonly ruleId: string; readonly pack: string })[];
  readonly byAgency: readonly (Turned & { readonly agencyId: string | null })[];
  readonly bySegment: readonly (Turned & { readonly segment: string })[];
  readonly byDay: readonly (Turned & { readonly day: string })[];
  readonly samples: readonly Sample[];
  readonly openPermits: {
    readonly touched: number;
    readonly items: readonly {
      readonly id: string;
      readonly caseId: string;
      readonly expiresAt: string;
      readonly reasons: Answer['reasons'];
    }[];
  };
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
