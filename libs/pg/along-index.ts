import type { Tx } from './transaction.ts';

/**
 * For the rest of the transaction rows are read along an index, in its order, and no further than a statement's limit. The planner takes the
 * policy of the tenants for a filter that hardly lets anything through, and would rather collect and sort all that there is. Not to be waited for.
 */
export async function alongIndex(tx: Tx): Promise<void> {
  const names = ['enable_bitmapscan', 'enable_seqscan', 'enable_sort'];
  await tx.query(`select ${names.map((name) => `set_config('${name}', 'off', true)`).join(', ')}`, [], 'along-index');
}
