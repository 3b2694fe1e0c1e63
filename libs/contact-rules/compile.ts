import { compileRow, type Policy, type Rule, type TenantValues } from './rule.ts';
import type { Pack, PackRow } from './pack.ts';
import { adjustmentOf, adjustRow, INSTITUTION, NO_RULES, type InstitutionRules } from './tighten.ts';

/** A row that judges, after the institution's layer. */
export interface EffectiveRow {
  readonly pack: string;
  readonly row: PackRow;
  /** The institution changed the row, or it is its own. */
  readonly ownChange: boolean;
}

function withTenantValue(row: PackRow, values: TenantValues): PackRow | null {
  const value = row.tenantValue && Object.hasOwn(values, row.ruleId) ? values[row.ruleId] : undefined;
  if (value === undefined) return row;
  if (value === 'off') return null;
  return row.kind === 'counter' ? { ...row, params: { ...row.params, cap: value.cap } } : row;
}

/** The rows that judge, in the order of the reasons: pack by pack as stacked, then the institution's own. */
export function effectiveRows(packs: readonly Pack[], rules: InstitutionRules = NO_RULES): EffectiveRow[] {
  const ofPacks = packs.flatMap(({ pack, rules: rows }) =>
    rows.flatMap((row): EffectiveRow[] => {
      const change = adjustmentOf(rules, row.ruleId);
      if (change === null) return [{ pack, row, ownChange: false }];
      const adjusted = adjustRow(row, change);
      return adjusted === null ? [] : [{ pack, row: adjusted, ownChange: Object.keys(change).length > 0 }];
    }),
  );
  return [...ofPacks, ...rules.rules.map((row) => ({ pack: INSTITUTION, row, ownChange: true }))];
}

/** What an own rule is called goes into its reasons, so that a recorded reason can be read by itself. */
function named(rule: Rule, { kind, title }: PackRow): Rule {
  const own = { kind, ...(title ? { titleZh: title.zh, titleEn: title.en } : {}) };
  return {
    ...rule,
    judge(asked, at) {
      const failure = rule.judge(asked, at);
      return failure === null || failure.missing !== undefined ? failure : { ...failure, detail: { ...failure.detail, ...own } };
    },
  };
}

/**
 * Packs made ready to judge, stacked in the order given: a contact must pass them all, and the institution's own rules after them.
 * `legacy` are the values of decisions that were recorded before there were versions; they give the bytes that they gave.
 * Purely applies what it is given: checkNotLooser says whether an institution may.
 */
export function compilePolicy(
  packs: readonly Pack[],
  institution: { readonly version: number; readonly rules: InstitutionRules } | null = null,
  legacy: TenantValues = {},
): Policy {
  const withLegacy = packs.map((pack) => ({ ...pack, rules: pack.rules.flatMap((row) => withTenantValue(row, legacy) ?? []) }));
  const rules = effectiveRows(withLegacy, institution?.rules).map(({ pack, row, ownChange }) => {
    const rule = compileRow(row, pack);
    if (institution === null || !ownChange) return rule;
    const own = { ...rule, institution: institution.version };
    return pack === INSTITUTION ? named(own, row) : own;
  });
  const hasOwn = institution !== null && (institution.rules.rules.length > 0 || Object.keys(institution.rules.adjust).length > 0);
  return {
    packs: [
      ...packs.map(({ pack, version }) => ({ pack, version })),
      ...(hasOwn ? [{ pack: INSTITUTION, version: institution.version }] : []),
    ],
    rules,
  };
}
