import { parseTimeOfDay, type PackRow } from './pack.ts';
import { coversWindow } from './time-set.ts';

/** What a change does to who may be contacted: `tighter` refuses or warns more, `looser` less; `other` cannot be told, or does both. */
export type Effect = 'tighter' | 'looser' | 'other';
type Step = Effect | 'same';

const isSubset = (inner: readonly string[], outer: readonly string[]): boolean => inner.every((one) => outer.includes(one));

const byNumber = (before: number, after: number, tighterWhen: 'less' | 'more'): Step =>
  before === after ? 'same' : after < before === (tighterWhen === 'less') ? 'tighter' : 'looser';

/** A rule that reaches further refuses more. */
const byReach = (grows: boolean, shrinks: boolean): Step => (grows && shrinks ? 'same' : grows ? 'tighter' : shrinks ? 'looser' : 'other');

const texts = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;

const dayRanges = (value: unknown): readonly { from: string; to: string }[] =>
  Array.isArray(value) ? value.filter((item) => typeof item?.from === 'string' && typeof item?.to === 'string') : [];

/** Ranges are compared one by one: two that join to cover a third are not seen as doing so, and the effect is `other`. */
const coversDays = (outer: unknown, inner: unknown): boolean =>
  dayRanges(inner).every(({ from, to }) => dayRanges(outer).some((range) => range.from <= from && to <= range.to));

const WIDER_LISTS_REFUSE_MORE = new Set(['channels', 'refusedStatuses', 'initiators']);
const LONGER_LISTS_REFUSE_LESS = new Set(['exceptPurposes', 'exceptRoles', 'sources']);

function stepOf(name: string, before: unknown, after: unknown): Step {
  if (JSON.stringify(before) === JSON.stringify(after)) return 'same';
  if (typeof before === 'number' && typeof after === 'number') {
    if (name === 'cap' || name === 'maxDays' || name === 'consentDays') return byNumber(before, after, 'less');
    if (name === 'minCollectors') return byNumber(before, after, 'more');
    return 'other';
  }
  if (name === 'consent') return after === null ? 'tighter' : before === null ? 'looser' : 'other';
  if (name === 'dates') return byReach(coversDays(after, before), coversDays(before, after));
  const [was, is] = [texts(before ?? []), texts(after ?? [])];
  if (was === null || is === null) return 'other';
  if (WIDER_LISTS_REFUSE_MORE.has(name)) return byReach(isSubset(was, is), isSubset(is, was));
  return LONGER_LISTS_REFUSE_LESS.has(name) ? byReach(isSubset(is, was), isSubset(was, is)) : 'other';
}

function windowStep(before: PackRow, after: PackRow): Step {
  if (before.kind !== 'time-window' || after.kind !== 'time-window') return 'same';
  const [was, is] = [before.params.refused, after.params.refused].map(({ from, to }) => ({
    from: parseTimeOfDay(from),
    to: parseTimeOfDay(to),
  }));
  return was && is ? byReach(coversWindow(is, was), coversWindow(was, is)) : 'other';
}

const LAST_DAY = '9999-12-31';

function datesStep(before: PackRow, after: PackRow): Step {
  const [was, is] = [before, after].map(({ effectiveFrom: from, effectiveTo: to = LAST_DAY }) => ({ from, to }));
  return was && is ? byReach(coversDays([is], [was]), coversDays([was], [is])) : 'other';
}

/** What becomes of those who may be contacted when a row becomes another of the same kind. Who says it, and in which words, is `other`. */
export function effectOf(before: PackRow, after: PackRow): Effect {
  if (before.kind !== after.kind) return 'other';
  const names = new Set([...Object.keys(before.params), ...Object.keys(after.params)].filter((name) => name !== 'refused'));
  const param = (row: PackRow, name: string): unknown => Object.entries(row.params).find(([key]) => key === name)?.[1];
  const steps: readonly Step[] = [
    ...[...names].map((name) => stepOf(name, param(before, name), param(after, name))),
    windowStep(before, after),
    datesStep(before, after),
    before.severity === after.severity ? 'same' : after.severity === 'block' ? 'tighter' : 'looser',
  ];
  const effects = steps.flatMap((step) => (step === 'same' ? [] : [step]));
  const [first = 'other'] = effects;
  return effects.every((effect) => effect === first) ? first : 'other';
}
