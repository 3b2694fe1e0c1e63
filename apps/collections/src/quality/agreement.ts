/** What two reviewers said of the same thing. */
export type Pair = readonly [string, string];

/** How much two different answers disagree; 0 for the same one. */
export type Disagreement = (a: number, b: number) => number;

/** Any difference is as bad as any other. */
export const nominal: Disagreement = (a, b) => (a === b ? 0 : 1);
/** For grades in their order: two apart is twice as bad as one. */
export const linear: Disagreement = (a, b) => Math.abs(a - b);

export const exactAgreement = (pairs: readonly Pair[]): number | null =>
  pairs.length === 0 ? null : pairs.filter(([a, b]) => a === b).length / pairs.length;

/**
 * Cohen's kappa, weighted by the disagreement (Cohen 1960, 1968): 1 is perfect, 0 is what chance would give, null where chance alone would always
 * agree, because both said the same of all.
 */
export function cohensKappa(pairs: readonly Pair[], categories: readonly string[], disagreement: Disagreement = nominal): number | null {
  const counts = categories.map(() => categories.map(() => 0));
  for (const [a, b] of pairs) {
    const row = counts[categories.indexOf(a)];
    const column = categories.indexOf(b);
    if (!row || column < 0) throw new Error(`there is no category ${a} or ${b}`);
    row[column] = (row[column] ?? 0) + 1;
  }
  return kappaOfTable(counts, disagreement);
}

/** The same of a table: how often the first said the row and the second the column. */
export function kappaOfTable(counts: readonly (readonly number[])[], disagreement: Disagreement = nominal): number | null {
  const cells = counts.flatMap((row, a) => row.map((count, b) => ({ a, b, count })));
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  const rowSum = (a: number): number => cells.reduce((sum, cell) => (cell.a === a ? sum + cell.count : sum), 0);
  const columnSum = (b: number): number => cells.reduce((sum, cell) => (cell.b === b ? sum + cell.count : sum), 0);
  const observed = cells.reduce((sum, { a, b, count }) => sum + disagreement(a, b) * count, 0);
  const expected = cells.reduce((sum, { a, b }) => sum + (disagreement(a, b) * rowSum(a) * columnSum(b)) / total, 0);
  return total === 0 || expected === 0 ? null : 1 - observed / expected;
}
