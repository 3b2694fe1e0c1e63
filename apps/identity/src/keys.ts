import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import type { Vault } from '#vault';

type Purpose = 'sign-tokens' | 'sign-cookies';

// Long enough for every replica (reload 1 minute) and every service (keys kept 10 minutes) to know a new key before it signs.
const ANNOUNCED_SECONDS = 1200;
// Longer than any token lives.
const STILL_VERIFIES_SECONDS = 2 * 3600;

export interface KeyRing {
  /** The signing key first; the others verify what they once signed, or are announced. */
  readonly jwks: { readonly keys: readonly JWK[] };
  readonly cookieKeys: readonly string[];
  /** Changes when the keys or their order do. */
  readonly version: string;
}

interface KeyRow {
  id: string;
  purpose: Purpose;
  sealed: Buffer;
}

const contextOf = (row: { id: string; purpose: Purpose }): string => `issuer-key/${row.purpose}/${row.id}`;

async function newKey(purpose: Purpose): Promise<{ id: string; secret: string }> {
  if (purpose === 'sign-cookies') return { id: randomBytes(9).toString('base64url'), secret: randomBytes(32).toString('base64url') };
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const id = await calculateJwkThumbprint(jwk);
  return { id, secret: JSON.stringify({ ...jwk, kid: id, alg: 'ES256', use: 'sig' }) };
}

async function insertKey(tx: Tx, vault: Vault, purpose: Purpose, waitSeconds: number): Promise<void> {
  const { id, secret } = await newKey(purpose);
  await tx.query(`insert into issuer_key (id, purpose, sealed, signs_from) values ($1, $2, $3, now() + make_interval(secs => $4))`, [
    id,
    purpose,
    vault.seal(secret, contextOf({ id, purpose })),
    waitSeconds,
  ]);
}

const locked = <T>(source: DataSource, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(source, { institutionId: EVERY_INSTITUTION }, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('forbear issuer keys'))`);
    return await work(tx);
  });

/** The keys in force, made at the first start and shared by all replicas. Keys sealed under an older vault key are sealed again. */
export async function loadKeys(source: DataSource, vault: Vault): Promise<KeyRing> {
  return await locked(source, async (tx) => {
    const select = async (): Promise<KeyRow[]> =>
      await tx.query<KeyRow>(
        `select id, purpose, sealed from issuer_key where retires_at is null or retires_at > now()
         order by signs_from <= now() desc, signs_from desc, id`,
      );
    let rows = await select();
    for (const purpose of ['sign-tokens', 'sign-cookies'] as const) {
      if (!rows.some((row) => row.purpose === purpose)) await insertKey(tx, vault, purpose, 0);
    }
    rows = await select();
    const opened = rows.map((row) => ({ ...row, secret: vault.open(row.sealed, contextOf(row)) }));
    for (const row of opened) {
      if (vault.isCurrent(row.sealed)) continue;
      await tx.query(`update issuer_key set sealed = $2 where id = $1`, [row.id, vault.seal(row.secret, contextOf(row))]);
    }
    const ofPurpose = (purpose: Purpose): string[] => opened.filter((row) => row.purpose === purpose).map((row) => row.secret);
    return {
      jwks: { keys: ofPurpose('sign-tokens').map((secret) => JSON.parse(secret) as JWK) },
      cookieKeys: ofPurpose('sign-cookies'),
      version: opened.map((row) => row.id).join(' '),
    };
  });
}

/** Announces new keys, which sign from 20 minutes later; the old ones go 2 hours after that. Running processes notice by themselves. */
export async function rotateKeys(source: DataSource, vault: Vault): Promise<void> {
  await locked(source, async (tx) => {
    await tx.query(`update issuer_key set retires_at = now() + make_interval(secs => $1) where retires_at is null`, [
      ANNOUNCED_SECONDS + STILL_VERIFIES_SECONDS,
    ]);
    await insertKey(tx, vault, 'sign-tokens', ANNOUNCED_SECONDS);
    await insertKey(tx, vault, 'sign-cookies', ANNOUNCED_SECONDS);
  });
}
