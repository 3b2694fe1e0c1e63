import type { Stored } from '#imports';
import type { Tx } from '#pg';

// Looked up row by row in its index (offset 0 keeps it so), whatever the planner believes of a table that has grown since it was last analysed:
// a join that it guesses to be of one row reads the whole table for each row of the batch.
export const CASE_OF_ROW = `cross join lateral (select id from collection_case where institution_id = $1 and case_id = r.case_id offset 0) c`;

/** The last row for each key, in order of the key: concurrent imports lock the same rows in the same order. */
export function distinct<Row, T>(rows: readonly Row[], keyOf: (row: Row) => string, make: (row: Row) => T): T[] {
  const last = new Map(rows.map((row) => [keyOf(row), row]));
  return [...last.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => make(row));
}

/** Keys that were touched, true where inserted; a key that is absent was there with the same content. */
export async function put(
  tx: Tx,
  sql: string,
  institutionId: string,
  rows: readonly object[],
  more: readonly unknown[] = [],
): Promise<Map<string, boolean>> {
  const touched = await tx.query<{ key: string; inserted: boolean }>(sql, [institutionId, JSON.stringify(rows), ...more]);
  return new Map(touched.map(({ key, inserted }) => [key, inserted]));
}

/** What came of the rows; the same key again in a batch says nothing new. */
export function countStored<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  whatOf: (row: Row) => 'inserted' | 'updated' | null,
): Stored {
  const stored = { inserted: 0, updated: 0, unchanged: 0 };
  const seen = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row);
    stored[(seen.has(key) ? null : whatOf(row)) ?? 'unchanged'] += 1;
    seen.add(key);
  }
  return stored;
}

/** For rows that make one record each. */
export const asTouched = (touched: ReadonlyMap<string, boolean>, key: string): 'inserted' | 'updated' | null => {
  const inserted = touched.get(key);
  return inserted === undefined ? null : inserted ? 'inserted' : 'updated';
};
