import { IDEMPOTENCY_KEY_REUSED, Refusal } from '#problem';
import type { Tx } from '#pg';
import type { IdempotentRequest } from './header.ts';

/** What the key stands for: null means that the work is ours to do. */
export type Claim = { readonly resource: string } | null;

/** Claims the key, or finds what it made. Throws Refusal IDEMPOTENCY_KEY_REUSED when it was used for another request. */
export async function claimKey(tx: Tx, institutionId: string, request: IdempotentRequest | null): Promise<Claim> {
  if (request === null) return null;
  const { key, hash } = request;
  const claimed = await tx.query(
    'insert into idempotency (institution_id, key, input_hash) values ($1, $2, $3) on conflict do nothing returning key',
    [institutionId, key, hash],
  );
  if (claimed.length > 0) return null;
  const [seen] = await tx.query<{ same: boolean; resource: string | null }>(
    'select input_hash = $3 as same, resource from idempotency where institution_id = $1 and key = $2',
    [institutionId, key, hash],
  );
  if (!seen?.same || seen.resource === null) throw new Refusal(IDEMPOTENCY_KEY_REUSED, { detail: 'Use a new key for a new request.' });
  return { resource: seen.resource };
}

/** Says what the claimed key made. */
export async function rememberResource(tx: Tx, institutionId: string, request: IdempotentRequest | null, resource: string): Promise<void> {
  if (request === null) return;
  await tx.query('update idempotency set resource = $3 where institution_id = $1 and key = $2', [institutionId, request.key, resource]);
}

/** Removes keys after the 7 days for which the contract keeps them; for the sweep. */
export async function forgetKeys(tx: Tx): Promise<void> {
  await tx.query(`delete from idempotency where created_at < clock_timestamp() - interval '7 days'`);
}
