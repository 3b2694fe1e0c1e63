import type { DataSource } from 'typeorm';
import { newestHead } from '#evidence-log';
import { inTransaction, type Tx } from '#pg';
import type { EvidenceHead } from '#render';

/** Reads of one institution that all see the same state, whatever is written meanwhile; they may take minutes and block nobody. */
export function inSnapshot<T>(database: DataSource, institutionId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(database, { institutionId, tenantSetByWork: true }, async (tx) => {
    // Before any other statement, or it would be too late.
    await tx.query('set transaction isolation level repeatable read, read only');
    await tx.query(`select set_config('app.institution', $1, true)`, [institutionId]);
    return work(tx);
  });
}

/** The head of the evidence log as the snapshot sees it, to stand in the report: what it counts was recorded before or beside that. */
export async function evidenceHeadOf(tx: Tx, institutionId: string): Promise<EvidenceHead | null> {
  const head = await newestHead(tx, institutionId);
  return head && { ...head };
}

let cursors = 0;

/** The rows of a query in batches, through a cursor of the server: memory stays flat however many there are. */
export async function* throughCursor<Row>(tx: Tx, sql: string, values: readonly unknown[], batchRows = 2000): AsyncGenerator<Row[]> {
  cursors += 1;
  const name = `rows_${cursors}`;
  await tx.query(`declare ${name} no scroll cursor for ${sql}`, values);
  for (;;) {
    const rows = await tx.query<Row>(`fetch ${batchRows} from ${name}`);
    if (rows.length > 0) yield rows;
    if (rows.length < batchRows) break;
  }
  await tx.query(`close ${name}`);
}
