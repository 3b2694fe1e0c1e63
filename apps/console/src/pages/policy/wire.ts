import type { components } from '../../api/collections.d.ts';
import type { Answer } from '../../api/models.ts';

type Schemas = components['schemas'];

export type Severity = 'block' | 'warn';
export type PackVersion = Schemas['PackVersionView'];
/** A rule in words, as the list of those in force has it. */
export type RuleText = Schemas['PolicyRowView'];
export type PolicyVersion = Schemas['PolicyVersionItem'];
export type VersionState = PolicyVersion['state'];
export type Looseness = Schemas['LooserView'];
export type Change = Schemas['PolicyChangeView'];
export type Diff = Schemas['PolicyDiffView'];

/** A rule of the institution's own, as a row of a pack: see GET /v1/policies/schema. */
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

// The document leaves these free; the services check them by the schema of a pack.
export interface Layer {
  readonly adjust: Adjustments;
  readonly rules: readonly OwnRow[];
}

export type InForce = Omit<Schemas['PolicyInForceView'], keyof Layer> & Layer;
export type Draft = Omit<Schemas['PolicyDraftView'], keyof Layer> & Layer;
export type DraftState = Draft['state'];

export interface DraftRequest extends Layer {
  readonly product: string | null;
  readonly packs: readonly PackVersion[];
  readonly note: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

// Until the services' documents have what follows.

export interface PackTitle {
  readonly pack: string;
  readonly title: string;
  readonly versions: readonly number[];
}

export interface PackRow extends Pick<RuleText, 'pack' | 'ruleId' | 'severity' | 'title' | 'says'> {
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly tenantValue: boolean;
  readonly mayWarn: boolean;
}

export interface PackPage extends PackVersion {
  readonly title: string;
  readonly rows: readonly PackRow[];
}

export interface Turned {
  readonly toRefused: number;
  readonly toPermitted: number;
}

export type Channel = 'voice' | 'sms' | 'email' | 'im' | 'letter' | 'visit';

export interface Sample {
  readonly attemptId: string;
  readonly at: string;
  readonly caseId: string | null;
  readonly channel: Channel;
  readonly agencyId: string | null;
  readonly before: Answer;
  readonly after: Answer;
}

export interface SimulationItem {
  readonly id: string;
  readonly draftId: string;
  readonly revision: number;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly createdAt: string;
  readonly progress: { readonly done: number; readonly total: number | null } | null;
  readonly period: { readonly from: string; readonly to: string };
  readonly judged: number | null;
  readonly changed: number | null;
  readonly toRefused: number | null;
  readonly toPermitted: number | null;
}

export interface Simulation extends SimulationItem {
  readonly byRule: readonly (Turned & { readonly ruleId: string; readonly pack: string })[];
  readonly byAgency: readonly (Turned & { readonly agencyId: string | null })[];
  readonly bySegment: readonly (Turned & {
    readonly segment: string;
    readonly product: string;
    readonly overdue: string;
    readonly channel: Channel;
    readonly mode: 'informational' | 'interactive' | null;
  })[];
  readonly byDay: readonly (Turned & { readonly day: string })[];
  readonly samples: readonly Sample[];
  readonly openPermits: {
    readonly open: number;
    readonly touched: number;
    readonly items: readonly {
      readonly id: string;
      readonly caseId: string;
      readonly expiresAt: string;
      readonly reasons: readonly { readonly ruleId: string; readonly pack: string }[];
    }[];
  } | null;
  readonly leftOut: readonly { readonly ruleId: string; readonly pack: string; readonly contacts: number }[];
  /** What the result cannot know, in the reader's language. */
  readonly notes: readonly { readonly code: string; readonly text: string }[];
}
