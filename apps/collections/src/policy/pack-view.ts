import { debtorAdvice, describeRule, sayLimit, type Audience, type Language, type Pack, type PackRow } from '#contact-rules';
import type { PackRowView, PackView } from './pack.dto.ts';

/** A row as data and in the words of the reader. */
export function toRowView(pack: string, row: PackRow, language: Language, audience: Audience = 'staff'): PackRowView {
  const { title, says, limits, exceptions, severity, citations } = describeRule(row, audience);
  return {
    pack,
    ruleId: row.ruleId,
    kind: row.kind,
    params: row.params,
    severity: row.severity,
    severityText: severity[language],
    source: row.source,
    article: row.article,
    grade: row.grade,
    citations: citations.map(({ instrument, article, grade }) => ({
      instrument: instrument[language],
      article: article === null ? null : article[language],
      grade: grade[language],
    })),
    effectiveFrom: row.effectiveFrom,
    effectiveTo: row.effectiveTo ?? null,
    tenantValue: row.tenantValue ?? false,
    mayWarn: row.mayWarn ?? false,
    title: title[language],
    says: says[language],
    limits: limits.map((limit) => sayLimit(limit)[language]),
    exceptions: exceptions.map((exception) => exception[language]),
  };
}

export interface Reader {
  readonly language: Language;
  readonly audience: Audience;
  /** A local date; null: every row. */
  readonly at: string | null;
}

/** A pack for a reader. `versions` are all there are, oldest first. */
export function toPackView(pack: Pack, versions: readonly number[], { language, audience, at }: Reader): PackView {
  const show = (keep: (row: PackRow) => boolean): PackRowView[] =>
    pack.rules.filter(keep).map((row) => toRowView(pack.pack, row, language, audience));
  const isLater = (row: PackRow): boolean => at !== null && row.effectiveFrom > at;
  const isEnded = (row: PackRow): boolean => at !== null && row.effectiveTo !== undefined && row.effectiveTo < at;
  return {
    pack: pack.pack,
    version: pack.version,
    title: pack.title[language],
    versions,
    at,
    language,
    audience,
    rows: show((row) => !isLater(row) && !isEnded(row)),
    later: show(isLater),
    ended: show(isEnded),
    notes: (pack.notes ?? []).map((note) => note[language]),
    advice: audience === 'debtor' ? debtorAdvice(pack.pack).map((one) => ({ title: one.title[language], says: one.says[language] })) : [],
  };
}
