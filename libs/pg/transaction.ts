import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { Refusal, UNAVAILABLE } from '#problem';

/** A transaction in progress: the first argument of every store method. */
export interface Tx {
  readonly manager: EntityManager;
  /** Parametrised SQL; with a name the statement is prepared once per connection. Returns the rows. */
  query<Row>(sql: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
  /** The raw connection, for COPY and cursors. */
  readonly client: PoolClient;
}

/** Row-level security shows the rows of this institution; `EVERY_INSTITUTION` is for relays and sweeps, never for a request. */
export const EVERY_INSTITUTION = '*';

export interface TransactionOptions {
  readonly institutionId: string;
  /** The work sets the tenant itself in its first statement (saves a round trip on the hot path). */
  readonly tenantSetByWork?: boolean;
}

const RETRIES = 3;
const serializationFailure = new Set(['40001', '40P01']);
// Of a transaction that set a lock_timeout.
const LOCK_NOT_AVAILABLE = '55P03';
// Connection refused, lost or shut down, or no slot: PostgreSQL is away, the caller may try again.
const unavailable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
]);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/** Whether the error says that PostgreSQL could not be reached or is going away. */
export function isUnavailable(error: unknown): boolean {
  return (
    unavailable.has(codeOf(error)) ||
    (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
  );
}

async function attempt<T>(source: DataSource, options: TransactionOptions, work: (tx: Tx) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    const query = async <Row>(sql: string, values: readonly unknown[] = [], name?: string): Promise<Row[]> => {
      const result = await client.query({ text: sql, values: [...values], name });
      return result.rows as Row[];
    };
    // Sent ahead, without waiting for the answers: they travel with the first statement of the work.
    const begun = [client.query('begin')];
    if (!options.tenantSetByWork) {
      begun.push(
        client.query({ name: 'set-institution', text: `select set_config('app.institution', $1, true)`, values: [options.institutionId] }),
      );
    }
    const opened = Promise.all(begun);
    // The work fails with the same connection and says so; this one is looked at when the work is done.
    opened.catch(() => undefined);
    try {
      const result = await work({ manager: runner.manager, query, client });
      await opened;
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
}

/**
 * Runs the work in one READ COMMITTED transaction for an institution. Serialization failures and deadlocks are tried again, three
 * times at most. Throws Refusal UNAVAILABLE (503, Retry-After 1) when they persist, when a lock took longer than the work wanted to wait, or when
 * PostgreSQL cannot be reached.
 */
export async function inTransaction<T>(source: DataSource, options: TransactionOptions, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await attempt(source, options, work);
    } catch (error) {
      const again = serializationFailure.has(codeOf(error));
      if (again && tried < RETRIES) continue;
      if (again || codeOf(error) === LOCK_NOT_AVAILABLE || isUnavailable(error))
        throw new Refusal(UNAVAILABLE, { detail: 'The ledger is busy or restarting.', retryAfterSeconds: 1 });
      throw error;
    }
  }
}
