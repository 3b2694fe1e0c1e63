import cnCard from './packs/cn-card.json' with { type: 'json' };

/** How long a plan may be, and who says so. */
export interface TermLimit {
  readonly limitId: string;
  readonly months: number;
  /** Instrument and article. */
  readonly source: string;
  readonly grade: string;
}

interface LimitRow {
  readonly limitId: string;
  readonly months: number;
  readonly source: string;
  readonly article: string;
  readonly grade: string;
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
}

const rows: readonly LimitRow[] = cnCard.rows;

/** The longest term in force on a date (CC11 Art. 70: 个性化分期还款协议的最长期限不得超过5年); null: none was yet. */
export function termLimitOn(date: string): TermLimit | null {
  const row = rows.find(({ effectiveFrom, effectiveTo }) => effectiveFrom <= date && (effectiveTo === undefined || date < effectiveTo));
  if (!row) return null;
  const { limitId, months, source, article, grade } = row;
  return { limitId, months, source: `${source} ${article}`, grade };
}
