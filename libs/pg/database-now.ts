import type { Tx } from './transaction.ts';

/** PostgreSQL's clock, which is one for all machines. Read it after the locks are held. */
export async function databaseNow(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  if (!row) throw new Error('the database has no clock');
  return row.now;
}
