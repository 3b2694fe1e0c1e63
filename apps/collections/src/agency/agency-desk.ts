import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { AgencyStore, type AgencyRef } from './agency.store.ts';

/** An agency whose register nobody else changes until the transaction ends, and when that is. */
export interface AtDesk {
  readonly agency: AgencyRef;
  readonly now: Date;
  /** The local day of the institution. */
  readonly day: string;
}

export interface DeskRequest {
  readonly agencyId: string;
  readonly idempotency: IdempotentRequest | null;
}

const zone = Zone.of(DEFAULT_TIME_ZONE);

export const agencyInstant = (at: Date): string => zone.format(at.getTime());
export const agencyDay = (at: Date): string => agencyInstant(at).slice(0, 10);
export const agencyResource = (agencyId: string): string => `agency/${agencyId}`;
export const noAgency = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such agency here.' });

/** Refuses with FORBIDDEN what an agency may not do of itself. */
export function bankOnly(principal: Principal): void {
  if (principal.agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'The bank does this, not the agency itself.' });
}

/** The one shape of every change to what is kept of an agency: one at a time, replay check, work, view. */
@Injectable()
export class AgencyDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AgencyStore) private readonly store: AgencyStore,
  ) {}

  /**
   * Carries the work out once per idempotency key, and shows what it made. Work that is refused changes nothing. Refuses with NOT_FOUND,
   * also for another agency's, with IDEMPOTENCY_KEY_REUSED, and as the work does.
   */
  async change<T>(
    principal: Principal,
    { agencyId, idempotency }: DeskRequest,
    work: (tx: Tx, at: AtDesk) => Promise<string>,
    show: (tx: Tx, id: string, at: AtDesk) => Promise<T>,
  ): Promise<T> {
    return this.locked(principal, agencyId, async (tx) => {
      const claim = await claimKey(tx, principal.institutionId, idempotency);
      const at = await this.at(tx, principal, agencyId);
      const id = claim?.resource ?? (await work(tx, at));
      if (!claim) await rememberResource(tx, principal.institutionId, idempotency, id);
      return show(tx, id, at);
    });
  }

  /** The same for an agency that is not there yet; shows what it is then. Refuses with IDEMPOTENCY_KEY_REUSED, and as the work does. */
  async create<T>(
    principal: Principal,
    { agencyId, idempotency }: DeskRequest,
    work: (tx: Tx, now: Date) => Promise<string>,
    show: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    return this.locked(principal, agencyId, async (tx) => {
      if (await claimKey(tx, principal.institutionId, idempotency)) return show(tx);
      await rememberResource(tx, principal.institutionId, idempotency, await work(tx, await this.now(tx)));
      return show(tx);
    });
  }

  private locked<T>(principal: Principal, agencyId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, principal, async (tx) => {
      // Not the agency's row: a change of its standing waits for the gate first, and takes the row then.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 11))', [`${principal.institutionId}/${agencyId}`]);
      return work(tx);
    });
  }

  /** Refuses with NOT_FOUND, also for another agency's. */
  async read<T>(principal: Principal, agencyId: string, work: (tx: Tx, at: AtDesk) => Promise<T>): Promise<T> {
    return inTransaction(this.database, principal, async (tx) => work(tx, await this.at(tx, principal, agencyId)));
  }

  /** Records that personal data of the agency were shown unmasked. */
  async noteRead(tx: Tx, principal: Principal, agencyId: string, requestId: string, fields: readonly string[]): Promise<void> {
    const { institutionId, subject, clientId } = principal;
    await this.store.noteRead(tx, { institutionId, subject, clientId, agencyId, requestId }, fields);
  }

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  private async at(tx: Tx, principal: Principal, agencyId: string): Promise<AtDesk> {
    const isOurs = principal.agencyId === null || principal.agencyId === agencyId;
    const agency = isOurs ? await this.store.ref(tx, principal.institutionId, agencyId) : null;
    if (agency === null) throw noAgency();
    const now = await this.now(tx);
    return { agency, now, day: agencyDay(now) };
  }
}
