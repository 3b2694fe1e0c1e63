import type { EvaluationFacts } from './facts.ts';
import { BANDS, COMPLIANCE_COMPONENTS, COMPONENTS, PERFORMANCE_COMPONENTS, type Band, type ComponentId, type Weights } from './weights.ts';

export const UNITS = ['per-1000', 'percent', 'count'] as const;
export type Unit = (typeof UNITS)[number];

/** One part of a score with all that it was made of. */
export interface ScoredComponent {
  readonly component: ComponentId;
  readonly unit: Unit;
  /** Of `whole`, `part`; money as text, the rest as counts. */
  readonly part: string;
  readonly whole: string;
  /** Null: there is nothing to take it of, and the part does not count. */
  readonly value: number | null;
  readonly weight: number;
  /** As it counts here: parts that are not measured give theirs to the others about the rules, never to recoveries. */
  readonly counts: number;
  readonly score: number | null;
  readonly points: number | null;
}

/** Why the band is lower than the total says. */
export const CAPS = ['sub-contracting', 'critical-finding'] as const;
export type Cap = (typeof CAPS)[number];

export interface Score {
  readonly components: readonly ScoredComponent[];
  /** 0 to 100. */
  readonly total: number;
  readonly band: Band;
  readonly caps: readonly Cap[];
}

interface Measured {
  readonly unit: Unit;
  readonly part: string;
  readonly whole: string;
  readonly value: number | null;
}

const round1 = (value: number): number => Math.round(value * 10) / 10;
const clamp = (value: number): number => Math.min(100, Math.max(0, value));

/** One decimal; null of nothing. */
const share = (part: number, whole: number, per: number): number | null =>
  whole === 0 ? null : Math.round((part * per * 10) / whole) / 10;

const counted = (part: number, whole: number, unit: 'per-1000' | 'percent'): Measured => ({
  unit,
  part: String(part),
  whole: String(whole),
  value: share(part, whole, unit === 'percent' ? 100 : 1000),
});

// Money in hundredths, exact; what is owed may be below zero where too much was paid.
const hundredths = (amount: string): bigint => BigInt(amount.replace('.', ''));

/** In the currency of most cases: what was paid of what was paid and is still owed. */
function recovered([main]: EvaluationFacts['recoveries']): Measured {
  if (!main) return { unit: 'percent', part: '0.00', whole: '0.00', value: null };
  const [paid, owed] = [hundredths(main.paid), hundredths(main.owed)];
  const whole = paid + (owed > 0n ? owed : 0n);
  const value = whole <= 0n ? null : Number((paid * 2000n + whole) / (2n * whole)) / 10;
  return { unit: 'percent', part: main.paid, whole: text(whole), value };
}

function text(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function measure(facts: EvaluationFacts): Record<ComponentId, Measured> {
  return {
    'refused-attempts': counted(facts.refused, facts.asked, 'per-1000'),
    'look-back-findings': counted(facts.lookbackFindings, facts.lookedBack, 'per-1000'),
    'call-findings': counted(facts.callFindings, facts.calls, 'per-1000'),
    complaints: counted(facts.complaints, facts.cases, 'per-1000'),
    'late-rectifications': { unit: 'count', part: String(facts.lateRectifications), whole: '', value: facts.lateRectifications },
    'training-gaps': counted(facts.trainingGaps, facts.staff, 'percent'),
    'promises-kept': counted(facts.promisesKept, facts.promisesSettled, 'percent'),
    recoveries: recovered(facts.recoveries),
  };
}

const bandOf = (total: number, { A, B, C }: Weights['bands']): Band => (total >= A ? 'A' : total >= B ? 'B' : total >= C ? 'C' : 'D');

// No sub-contracting in any form (CC22): whoever does it is in the last band, whatever else it does well.
const CAPPED: Readonly<Record<Cap, Band>> = { 'sub-contracting': 'D', 'critical-finding': 'C' };

/** The score of facts under weights: the same numbers give the same score, and every part shows what it was made of. */
export function score(facts: EvaluationFacts, weights: Weights): Score {
  const measured = measure(facts);
  const weightOf = (id: ComponentId): number => weights.components[id].weight;
  const sum = (ids: readonly ComponentId[]): number => ids.reduce((all, id) => all + (measured[id].value === null ? 0 : weightOf(id)), 0);
  // Late rectifications are always known, so there is always something about the rules.
  const rules = sum(COMPLIANCE_COMPONENTS);
  const left = 100 - sum(PERFORMANCE_COMPONENTS);
  let total = 0;
  const components = COMPONENTS.map((component): ScoredComponent => {
    const { value, unit, part, whole } = measured[component];
    const { weight, full, none } = weights.components[component];
    const ofRules = (COMPLIANCE_COMPONENTS as readonly string[]).includes(component);
    if (value === null) return { component, unit, part, whole, value, weight, counts: 0, score: null, points: null };
    const counts = ofRules ? (weight * left) / rules : weight;
    const scored = round1(clamp(((none - value) / (none - full)) * 100));
    total += (scored * counts) / 100;
    return { component, unit, part, whole, value, weight, counts: round1(counts), score: scored, points: round1((scored * counts) / 100) };
  });
  const caps: Cap[] = [];
  if (facts.subContracting > 0) caps.push('sub-contracting');
  if (facts.openCritical > 0) caps.push('critical-finding');
  const rounded = round1(total);
  const bands = [bandOf(rounded, weights.bands), ...caps.map((cap) => CAPPED[cap])];
  return { components, total: rounded, band: bands.toSorted((a, b) => BANDS.indexOf(b) - BANDS.indexOf(a))[0] ?? 'D', caps };
}
