import type { Client } from 'pg';
import { EVERY_INSTITUTION } from '#pg';
import type { ReplayScope, Slice } from './replay.ts';

/** What there is to do: one snapshot for all who read, the slices in order of time. */
export interface Plan {
  readonly snapshot: string;
  readonly decisions: number;
  readonly slices: readonly Slice[];
}

// Enough to be worth a statement, few enough that progress moves and workers end together.
const SLICE_ROWS = 20_000;

/** Begins the transaction that every reader of the snapshot works in. Nothing in it writes. */
export async function beginReading(client: Client, scope: ReplayScope, snapshot: string | null): Promise<void> {
  await client.query('begin isolation level repeatable read, read only');
  if (snapshot !== null) await client.query(`set transaction snapshot ${client.escapeLiteral(snapshot)}`);
  // Row-level security hides what is of others. By index: statistics of a young ledger would have it read as a whole for every slice.
  await client.query(
    `select set_config('app.institution', $1, true), set_config('enable_seqscan', 'off', true),
       set_config('idle_in_transaction_session_timeout', '0', true)`,
    [scope.institutionId ?? EVERY_INSTITUTION],
  );
}

/** Cuts the scope into slices of about equal numbers of decisions. The transaction must stay open until all have read. */
export async function planSlices(client: Client, scope: ReplayScope): Promise<Plan> {
  await beginReading(client, scope, null);
  const { rows } = await client.query<{ snapshot: string; decisions: string; bounds: string[] | null }>(
    `select pg_export_snapshot() as snapshot, count(*) as decisions, array_agg(decided_at::text order by n) filter (where n % ${SLICE_ROWS} = 1) as bounds
     from (select decided_at, row_number() over (order by decided_at) as n from decision
       where decided_at >= $1 and decided_at < $2 and ($3::text is null or institution_id = $3)) d`,
    [scope.from, scope.to, scope.institutionId],
  );
  const [row] = rows;
  if (!row) throw new Error('the ledger could not be counted');
  // Many decisions may share an instant: equal bounds are one.
  const bounds = [...new Set(row.bounds ?? [])];
  const slices = bounds.map((from, at) => ({ from, to: bounds[at + 1] ?? scope.to }));
  return { snapshot: row.snapshot, decisions: Number(row.decisions), slices };
}
