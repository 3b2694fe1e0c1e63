/** About one cell of a row: it reads so, or not so; its list (separated by `;`) has this item; or it is not empty. */
export type Condition =
  | { readonly column: string; readonly is: string }
  | { readonly column: string; readonly isNot: string }
  | { readonly column: string; readonly has: string }
  | { readonly column: string; readonly filled: true };

/**
 * How a number is found again in a rows file: the rows that meet all conditions are counted, or their `column` is summed; as a `share`, in percent of
 * the rows that meet `of`, or of the sums of `column`; or the median or 90th percentile (nearest rank) of their `column` is taken.
 */
export interface Trace {
  readonly file: string;
  readonly filter: readonly Condition[];
  readonly measure: 'count' | 'share' | 'sum' | 'median' | 'p90';
  readonly of?: readonly Condition[];
  readonly column?: string;
}

/** Nearest rank: the smallest value that at least this share of the values do not exceed. `counts` by value, in ascending order. */
export function percentile(counts: readonly (readonly [value: number, count: number])[], share: number): number | null {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  let rank = Math.max(1, Math.ceil(share * total));
  for (const [value, count] of counts) {
    rank -= count;
    if (rank <= 0) return value;
  }
  return null;
}

/** In percent, with one decimal; null of nothing. */
export const percent = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part * 1000) / whole) / 10);
