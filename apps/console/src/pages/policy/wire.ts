import type { components } from '../../api/collections.d.ts';

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

export type PackTitle = Schemas['PackItem'];
/** A rule of a pack, as data and in words. */
export type PackRow = Schemas['PackRowView'];

export type SimulationItem = Schemas['PolicySimulationItem'];
export type Simulation = Schemas['PolicySimulationView'];
export type Sample = Schemas['SampleView'];
export type OpenPermits = Schemas['OpenPermits'];
export type Turned = Pick<Schemas['RuleTurns'], 'toRefused' | 'toPermitted'>;

/** Every channel that an own rule may be for. */
export type Channel = Schemas['AttemptRequest']['channel'];
