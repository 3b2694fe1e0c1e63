import { endorse, generateKey, type Endorsement, type NewKey } from '#evidence';
import type { Tx } from '#pg';
import type { Vault } from '#vault';
import type { KeyRow } from './rows.ts';

export const SIGNING_KEY_CONTEXT = 'evidence_key.private';

export interface SigningKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly createdAt: Date;
  readonly privateKey: Buffer;
}

interface SigningRow extends Omit<SigningKey, 'privateKey'> {
  readonly privateSealed: Buffer;
}

/** Whose log it is. */
export interface LogName {
  readonly log: string;
  readonly institution: string;
}

/** The keys of an institution's log: one signs, those before it are only believed. To be changed under the sealer's lock. */
export class KeyStore {
  constructor(private readonly vault: Vault) {}

  /** All, the oldest first. */
  list(tx: Tx, institution: string): Promise<KeyRow[]> {
    return tx.query<KeyRow>(
      `select k.id as "keyId", k.public_key as "publicKey", k.created_at as "createdAt", k.retired_at as "retiredAt",
         (select coalesce(json_agg(json_build_object('by', e.by, 'signature', translate(encode(e.signature, 'base64'), E'\\n', '')) order by e.by), '[]')
          from evidence_endorsement e where e.key = k.id and e.institution_id = k.institution_id) as endorsements
       from evidence_key k where k.institution_id = $1 order by k.created_at, k.id`,
      [institution],
    );
  }

  /** The key that signs now: made where there is none, and followed by another when it is older than so many days. */
  async signing(tx: Tx, name: LogName, now: Date, days: number): Promise<SigningKey> {
    const known = await this.current(tx, name.institution);
    if (known === null) return this.make(tx, name, now);
    return now.getTime() - known.createdAt.getTime() < days * 86_400_000 ? known : this.rotate(tx, name, known, now);
  }

  /** Another key from now on. Each of the two signs the other, so that who trusts one trusts both. */
  async rotate(tx: Tx, name: LogName, old: SigningKey, now: Date): Promise<SigningKey> {
    await tx.query('update evidence_key set retired_at = $3 where institution_id = $1 and id = $2', [name.institution, old.keyId, now]);
    const fresh = await this.make(tx, name, now);
    await this.endorsed(tx, name.institution, fresh.keyId, endorse(claimOf(name, fresh), old.keyId, old.privateKey));
    await this.endorsed(tx, name.institution, old.keyId, endorse(claimOf(name, old), fresh.keyId, fresh.privateKey));
    return fresh;
  }

  /** The key that signs now. */
  async current(tx: Tx, institution: string): Promise<SigningKey | null> {
    const [row] = await tx.query<SigningRow>(
      `select id as "keyId", public_key as "publicKey", created_at as "createdAt", private_sealed as "privateSealed"
       from evidence_key where institution_id = $1 and retired_at is null`,
      [institution],
    );
    if (!row) return null;
    const { privateSealed, ...key } = row;
    return { ...key, privateKey: this.vault.openBytes(privateSealed, SIGNING_KEY_CONTEXT) };
  }

  private async make(tx: Tx, { institution }: LogName, now: Date): Promise<SigningKey> {
    const { keyId, publicKey, privateKey }: NewKey = generateKey();
    await tx.query('insert into evidence_key (institution_id, id, public_key, private_sealed, created_at) values ($1, $2, $3, $4, $5)', [
      institution,
      keyId,
      publicKey,
      this.vault.seal(privateKey, SIGNING_KEY_CONTEXT),
      now,
    ]);
    return { keyId, publicKey, createdAt: now, privateKey };
  }

  private async endorsed(tx: Tx, institution: string, keyId: string, { by, signature }: Endorsement): Promise<void> {
    await tx.query('insert into evidence_endorsement (institution_id, key, by, signature) values ($1, $2, $3, $4)', [
      institution,
      keyId,
      by,
      Buffer.from(signature, 'base64'),
    ]);
  }
}

const claimOf = ({ log, institution }: LogName, { keyId, publicKey, createdAt }: SigningKey) => ({
  log,
  institution,
  keyId,
  publicKey,
  createdAt: createdAt.toISOString(),
});
