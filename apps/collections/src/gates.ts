import type { Tx } from '#pg';
import { Refusal, UNAVAILABLE } from '#problem';

// A gate takes some milliseconds.
const MOST_WAITED_MS = 3000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Waits for every gate of the institution in flight and keeps new ones waiting, until the transaction ends. Each of them reads its clock under the
 * shared half of this lock, so that whoever reads the clock under this half knows that every permit by what stood before was given before. To be
 * taken before rows that others change under it. Throws Refusal UNAVAILABLE.
 */
export async function holdGates(tx: Tx, institutionId: string): Promise<void> {
  // While we wait new gates wait behind us: one that hangs must not hold up the others for long. What is locked after it waits no longer either.
  await tx.query(`select set_config('lock_timeout', $1, true)`, [`${MOST_WAITED_MS}ms`]);
  try {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [institutionId]);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE)
      throw new Refusal(UNAVAILABLE, { detail: 'Decisions on contacts are still being made.', retryAfterSeconds: 2 });
    throw error;
  }
}
