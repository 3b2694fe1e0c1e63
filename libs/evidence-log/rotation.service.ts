import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, Refusal } from '#problem';
import { Vault } from '#vault';
import { append, sealPersonal } from './append.ts';
import type { RotateKeyRequest } from './evidence.dto.ts';
import { NO_KEY_YET } from './evidence.refusals.ts';
import type { KeyRotationView } from './evidence.view.ts';
import { KeyStore } from './keys.ts';
import { LOG_NAME, lockSealing } from './sealer.ts';

/** Another key before its time: one may have been seen. */
@Injectable()
export class RotationService {
  private readonly keys: KeyStore;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(LOG_NAME) private readonly log: string,
  ) {
    this.keys = new KeyStore(vault);
  }

  /** Refuses with FORBIDDEN (who belongs to an agency), NO_KEY_YET, IDEMPOTENCY_KEY_REUSED. */
  rotate(principal: Principal, { reason }: RotateKeyRequest, idempotency: IdempotentRequest | null): Promise<KeyRotationView> {
    const { institutionId: institution, subject: actor, agencyId } = principal;
    if (agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'The log is of the whole institution; you belong to an agency.' });
    return inTransaction(this.database, principal, async (tx) => {
      // With the sealer: a head is signed by the key before it or by the one after it.
      await lockSealing(tx, institution);
      const claim = await claimKey(tx, institution, idempotency);
      if (claim) return this.seen(tx, institution, claim.resource);
      const now = await this.now(tx);
      const old = await this.keys.current(tx, institution);
      if (old === null) throw new Refusal(NO_KEY_YET, { detail: 'The first record that is sealed makes the first key.' });
      const fresh = await this.keys.rotate(tx, { log: this.log, institution }, old, now);
      const personal = sealPersonal(this.vault, institution, 'evidence-key', { reason });
      const body = { retiredKeyId: old.keyId, keyId: fresh.keyId, rotatedAt: now };
      await append(tx, institution, [{ kind: 'key-rotated', actor, body, personal }]);
      await rememberResource(tx, institution, idempotency, fresh.keyId);
      return this.seen(tx, institution, fresh.keyId);
    });
  }

  private async seen(tx: Tx, institution: string, keyId: string): Promise<KeyRotationView> {
    const keys = await this.keys.list(tx, institution);
    const fresh = keys.find((key) => key.keyId === keyId);
    const retired = keys.find(({ retiredAt }) => fresh && retiredAt?.getTime() === fresh.createdAt.getTime());
    if (!fresh || !retired) throw new Error('the keys of the rotation are gone');
    return { keyId, publicKey: fresh.publicKey, retiredKeyId: retired.keyId, rotatedAt: fresh.createdAt.toISOString() };
  }

  private async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>('select clock_timestamp()::timestamptz(3) as now');
    if (!row) throw new Error('no time');
    return row.now;
  }
}
