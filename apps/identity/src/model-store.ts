import { createHash } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { DataSource } from 'typeorm';
import type { Vault } from '#vault';
import type { Directory } from './directory.ts';

const hash = (value: string): Buffer => createHash('sha256').update(value).digest();
const FOREVER_SECONDS = 30 * 86_400;
const CLEANED_AT_ONCE = 10_000;

interface Row {
  payload_sealed: Buffer;
  consumed_at_seconds: string | null;
}

/**
 * Where oidc-provider keeps sessions, codes and grants. The id of a code or a session is the secret itself, so ids are kept as hashes and
 * payloads sealed. Clients come from the directory.
 */
export class ModelStore implements Adapter {
  constructor(
    private readonly model: string,
    private readonly source: DataSource,
    private readonly vault: Vault,
    private readonly directory: Directory,
  ) {}

  private get context(): string {
    return `oidc-model/${this.model}`;
  }

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds = FOREVER_SECONDS): Promise<void> {
    await this.source.query(
      `insert into oidc_model (model, id_hash, grant_hash, uid_hash, payload_sealed, expires_at)
       values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
       on conflict (model, id_hash) do update set grant_hash = excluded.grant_hash, uid_hash = excluded.uid_hash,
         payload_sealed = excluded.payload_sealed, expires_at = excluded.expires_at`,
      [
        this.model,
        hash(id),
        payload.grantId ? hash(payload.grantId) : null,
        payload.uid ? hash(payload.uid) : null,
        this.vault.seal(JSON.stringify(payload), this.context),
        expiresInSeconds,
      ],
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.model === 'Client') return await this.directory.findClientMetadata(id);
    return await this.findBy('id_hash', id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return await this.findBy('uid_hash', uid);
  }

  // The device flow is off.
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    await this.source.query(`update oidc_model set consumed_at = now() where model = $1 and id_hash = $2`, [this.model, hash(id)]);
  }

  async destroy(id: string): Promise<void> {
    await this.source.query(`delete from oidc_model where model = $1 and id_hash = $2`, [this.model, hash(id)]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.source.query(`delete from oidc_model where grant_hash = $1`, [hash(grantId)]);
  }

  private async findBy(column: 'id_hash' | 'uid_hash', value: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.source.query<Row[]>(
      `select payload_sealed, extract(epoch from consumed_at)::bigint as consumed_at_seconds
       from oidc_model where model = $1 and ${column} = $2 and expires_at > now()`,
      [this.model, hash(value)],
    );
    if (!row) return undefined;
    const payload = JSON.parse(this.vault.open(row.payload_sealed, this.context)) as AdapterPayload;
    return row.consumed_at_seconds === null ? payload : { ...payload, consumed: Number(row.consumed_at_seconds) };
  }
}

/** Removes what expired, some at a time so that no sweep holds many locks. */
export async function removeExpired(source: DataSource): Promise<void> {
  await source.query(
    `delete from oidc_model where (model, id_hash) in (select model, id_hash from oidc_model where expires_at <= now() limit ${CLEANED_AT_ONCE})`,
  );
  await source.query(
    `delete from login_attempt where key in (select key from login_attempt where window_ends_at <= now() limit ${CLEANED_AT_ONCE})`,
  );
  await source.query(`delete from issuer_key where retires_at <= now()`);
}
