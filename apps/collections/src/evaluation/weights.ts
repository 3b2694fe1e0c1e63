import type { FieldError } from '#problem';
import ours from './weights.json' with { type: 'json' };

/** How an agency keeps to the rules, in the order in which it is shown. */
export const COMPLIANCE_COMPONENTS = [
  'refused-attempts',
  'look-back-findings',
  'call-findings',
  'complaints',
  'late-rectifications',
  'training-gaps',
] as const;
/** What it brings in: weighed last (CC22, CBA26). */
export const PERFORMANCE_COMPONENTS = ['promises-kept', 'recoveries'] as const;
export const COMPONENTS = [...COMPLIANCE_COMPONENTS, ...PERFORMANCE_COMPONENTS] as const;
export type ComponentId = (typeof COMPONENTS)[number];

export const BANDS = ['A', 'B', 'C', 'D'] as const;
export type Band = (typeof BANDS)[number];

export interface ComponentWeight {
  /** In percent of the whole. */
  readonly weight: number;
  /** At this value the score is 100, at `none` it is 0, in between it lies on the line. */
  readonly full: number;
  readonly none: number;
}

export interface Weights {
  readonly components: Readonly<Record<ComponentId, ComponentWeight>>;
  /** From this total on; below C is D. */
  readonly bands: Readonly<Record<'A' | 'B' | 'C', number>>;
}

export const DEFAULT_WEIGHTS: Weights = { components: ours.components, bands: ours.bands };

/** No agency gains by recoveries what it loses by breaking rules: the notice of 2022 forbids to look at recoveries first. */
export const MOST_FOR_PERFORMANCE = 20;
const SOURCE = 'CC22';

const isPerformance = (id: ComponentId): boolean => (PERFORMANCE_COMPONENTS as readonly string[]).includes(id);

/** What is wrong with weights; empty: nothing. */
export function checkWeights({ components, bands }: Weights): FieldError[] {
  const least = Math.min(...COMPLIANCE_COMPONENTS.map((id) => components[id].weight));
  const performance = PERFORMANCE_COMPONENTS.reduce((sum, id) => sum + components[id].weight, 0);
  const total = COMPONENTS.reduce((sum, id) => sum + components[id].weight, 0);
  const errors: FieldError[] = [];
  if (total !== 100) errors.push({ pointer: '/components', detail: `the weights add up to ${total}; make them 100` });
  if (performance > MOST_FOR_PERFORMANCE)
    errors.push({
      pointer: '/components/recoveries/weight',
      detail: `promises and recoveries together weigh ${performance}; at most ${MOST_FOR_PERFORMANCE}`,
      source: SOURCE,
    });
  for (const id of COMPONENTS) {
    const { weight, full, none } = components[id];
    if (isPerformance(id) && weight > least)
      errors.push({ pointer: `/components/${id}/weight`, detail: `weighs more than a part about the rules (${least})`, source: SOURCE });
    if (isPerformance(id) ? full <= none : full >= none)
      errors.push({
        pointer: `/components/${id}/full`,
        detail: isPerformance(id) ? 'more is better here: make it greater than `none`' : 'less is better here: make it smaller than `none`',
      });
  }
  if (!(bands.A > bands.B && bands.B > bands.C)) errors.push({ pointer: '/bands', detail: 'make A greater than B, and B greater than C' });
  return errors;
}
