import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { Zone } from '#contact-rules';
import { append, sealPersonal } from '#evidence-log';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { CONFIG } from '#service';
import type { RetentionConfig } from './settings.ts';

/** Something that was done about retention, for the evidence log. */
export interface Act {
  readonly action: string;
  /** What it was done to: `rule/…`, `hold/…`, `run/…`. */
  readonly resource: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** What somebody wrote: under a key of its own. */
  readonly reason?: string;
}

export const invalid = (pointer: string, detail: string, source?: string): Refusal =>
  new Refusal(INVALID, { errors: [{ pointer, detail, ...(source === undefined ? {} : { source }) }] });

/** One after the other: whoever comes later sees what the earlier did, destruction included. Ends with the transaction. */
export async function throughGate(tx: Tx, institutionId: string): Promise<void> {
  await tx.query('insert into retention_gate (institution_id) values ($1) on conflict do nothing', [institutionId]);
  await tx.query('select from retention_gate where institution_id = $1 for update', [institutionId]);
}

/** What all that is done about retention has in common. */
@Injectable()
export class RetentionDesk {
  readonly timeZone: string;
  private readonly zone: Zone;

  constructor(
    @Inject(DataSource) readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) readonly vault: Vault,
    @Inject(CONFIG) config: RetentionConfig,
  ) {
    this.timeZone = config.retentionTimeZone;
    this.zone = Zone.of(this.timeZone);
  }

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? (await databaseNow(tx));
  }

  dayOf(instant: Date): string {
    return this.zone.format(instant.getTime()).slice(0, 10);
  }

  read<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, principal, work);
  }

  /** One write: lock, replay check, now, work. `work` gives the id of what it made or changed. */
  async change<View>(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, now: Date) => Promise<string>,
    view: (tx: Tx, id: string) => Promise<View>,
  ): Promise<View> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      await throughGate(tx, institutionId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim !== null) return view(tx, claim.resource);
      const id = await work(tx, await this.now(tx));
      await rememberResource(tx, institutionId, idempotency, id);
      return view(tx, id);
    });
  }

  async note(tx: Tx, { institutionId, subject }: Principal, { action, resource, detail, reason }: Act): Promise<void> {
    const personal = reason === undefined ? null : sealPersonal(this.vault, institutionId, `retention:${resource}`, { reason });
    await append(tx, institutionId, [{ kind: 'retention-act', actor: subject, body: { action, resource, ...detail }, personal }]);
  }
}
