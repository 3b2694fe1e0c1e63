import type { Pack, PackRow } from './pack.ts';
import { compileRow, type Policy, type Rule, type TenantValues } from './rule.ts';
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

/** Says in each reason which version of the institution's rules spoke, and of its own rules what they are called, so that a recorded reason can be read by itself. */
function marked(rule: Rule, { pack, row }: EffectiveRow, version: number): Rule {
  const own = pack === INSTITUTION ? { kind: row.kind, ...(row.title ? { titleZh: row.title.zh, titleEn: row.title.en } : {}) } : {};
  return {
    ...rule,
    institution: version,
    judge(asked, at) {
      const failure = rule.judge(asked, at);
      if (failure === null || failure.missing !== undefined) return failure;
      return { ...failure, detail: { ...failure.detail, ...own, institution: `v${version}` } };
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
  const rules = effectiveRows(withLegacy, institution?.rules).map((effective) => {
    const rule = compileRow(effective.row, effective.pack);
    return institution !== null && effective.ownChange ? marked(rule, effective, institution.version) : rule;
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
