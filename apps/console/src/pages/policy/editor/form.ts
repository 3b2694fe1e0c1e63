import type { Adjustment, Adjustments, Draft, DraftRequest, InForce, OwnRow, PackVersion, PackRow } from '../wire.ts';

// What a form of a draft holds and what may be said of it, without a page.

export interface DraftForm {
  /** Empty: every product without a version of its own. */
  readonly product: string;
  readonly packs: readonly PackVersion[];
  readonly adjust: Adjustments;
  readonly rules: readonly OwnRow[];
  readonly note: string;
}

type Content = Pick<Draft | InForce, 'product' | 'packs' | 'adjust' | 'rules'> & { readonly note?: string };

export const formOf = ({ product, packs, adjust, rules, note = '' }: Content): DraftForm => ({
  product: product ?? '',
  packs: packs.map(({ pack, version }) => ({ pack, version })),
  adjust,
  rules,
  note,
});

export const requestOf = ({ product, packs, adjust, rules, note }: DraftForm): DraftRequest => ({
  product: product.trim() || null,
  packs,
  adjust,
  rules,
  note: note.trim(),
});

export const isSame = (one: DraftForm, other: DraftForm): boolean => JSON.stringify(requestOf(one)) === JSON.stringify(requestOf(other));

/** With one thing of a rule's adjustment set, or left to the pack again. */
export function withAdjustment<Field extends keyof Adjustment>(
  adjust: Adjustments,
  ruleId: string,
  field: Field,
  value: Adjustment[Field] | undefined,
): Adjustments {
  const { [ruleId]: before = {}, ...others } = adjust;
  const { [field]: _, ...rest } = before;
  const after = value === undefined ? rest : { ...rest, [field]: value };
  return Object.keys(after).length === 0 ? others : { ...others, [ruleId]: after };
}

export const withoutAdjustment = (adjust: Adjustments, ruleId: string): Adjustments => {
  const { [ruleId]: _, ...others } = adjust;
  return others;
};

/** A rule of the chosen packs that can be tightened, with its row in each pack that has it. */
export interface Tightenable {
  readonly ruleId: string;
  readonly rows: readonly PackRow[];
  readonly fields: readonly (keyof Adjustment)[];
}

/** The largest cap that all packs leave, in the rows that have one. */
export function capOf({ params }: Pick<PackRow, 'params'>): number | null {
  return typeof params['cap'] === 'number' ? params['cap'] : null;
}

export function windowOf({ params }: Pick<PackRow, 'params'>): { readonly from: string; readonly to: string } | null {
  const refused = params['refused'];
  if (typeof refused !== 'object' || refused === null || !('from' in refused) || !('to' in refused)) return null;
  const { from, to } = refused;
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : null;
}

export function collectorsOf({ params }: Pick<PackRow, 'params'>): number | null {
  return typeof params['minCollectors'] === 'number' ? params['minCollectors'] : null;
}

const FIELDS: readonly { readonly field: keyof Adjustment; readonly is: (row: PackRow) => boolean }[] = [
  { field: 'cap', is: (row) => row.kind === 'counter' && capOf(row) !== null },
  { field: 'refused', is: (row) => row.kind === 'time-window' && windowOf(row) !== null },
  { field: 'minCollectors', is: (row) => row.kind === 'visit' && collectorsOf(row) !== null },
  { field: 'severity', is: (row) => row.severity === 'warn' || row.mayWarn },
  { field: 'off', is: (row) => row.tenantValue },
];

/** What can be tightened in the chosen packs, each rule once, in the order of the packs. */
export function tightenables(rows: readonly PackRow[]): readonly Tightenable[] {
  const byRule = new Map<string, PackRow[]>();
  for (const row of rows) byRule.set(row.ruleId, [...(byRule.get(row.ruleId) ?? []), row]);
  return [...byRule].flatMap(([ruleId, found]) => {
    const fields = FIELDS.filter(({ is }) => found.some(is)).map(({ field }) => field);
    return fields.length === 0 ? [] : [{ ruleId, rows: found, fields }];
  });
}

/** Whether the cap is above that of a pack which gives it on good ground. */
export const isLooserCap = (rows: readonly PackRow[], cap: number | undefined): boolean =>
  cap !== undefined && rows.some((row) => !row.tenantValue && cap > (capOf(row) ?? Number.POSITIVE_INFINITY));

export const OWN = 'own-';

/** An id that no rule of the draft has: `own-dates-1`, `own-dates-2`. */
export function freshId(rules: readonly OwnRow[], stem: string): string {
  const taken = new Set(rules.map(({ ruleId }) => ruleId));
  let number = 1;
  while (taken.has(`${OWN}${stem}-${number}`)) number += 1;
  return `${OWN}${stem}-${number}`;
}
