import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { ListingService } from '../complaint/listing.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import type { BulkRequest } from './bulk.dto.ts';
import { SELECTION_EMPTY, SELECTION_TOO_LARGE } from './bulk.refusals.ts';
import { hashOfIds } from './bulk.runner.ts';
import { BulkStore } from './bulk.store.ts';

/** What a filter may choose at most. */
export const MOST_SELECTED = 10_000;

interface Selected {
  readonly ids: readonly string[];
  readonly idsHash: Buffer;
  readonly filter: object | null;
}

/** What the rooms around lend to this one. */
@Injectable()
export class BulkDesk {
  constructor(
    @Inject(DataSource) readonly database: DataSource,
    @Inject(Vault) readonly vault: Vault,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(ListingService) private readonly listing: ListingService,
    @Inject(BulkStore) private readonly store: BulkStore,
  ) {}

  now(tx: Tx): Promise<Date> {
    return this.reading.now(tx);
  }

  /** Makes one thing, once for a key, and shows it. */
  once<T>(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    make: (tx: Tx) => Promise<string>,
    show: (tx: Tx, id: string) => Promise<T>,
  ): Promise<T> {
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, principal.institutionId, idempotency);
      const id = claim?.resource ?? (await make(tx));
      if (!claim) await rememberResource(tx, principal.institutionId, idempotency, id);
      return show(tx, id);
    });
  }

  /** The list as it is now. Refuses with INVALID, SELECTION_EMPTY, SELECTION_TOO_LARGE. */
  async select(tx: Tx, principal: Principal, { ids, filter }: Pick<BulkRequest, 'ids' | 'filter'>, now: Date): Promise<Selected> {
    if ((ids ?? null) === null ? !filter : filter)
      throw new Refusal(INVALID, { errors: [{ pointer: '/ids', detail: 'give either ids or filter' }] });
    const chosen = ids ? await this.named(tx, principal, ids) : await this.filtered(tx, principal, filter ?? {}, now);
    if (chosen.length === 0)
      throw new Refusal(SELECTION_EMPTY, { errors: [{ pointer: ids ? '/ids' : '/filter', detail: 'chooses none' }] });
    const asked = filter ? Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')) : null;
    return { ids: chosen, idsHash: hashOfIds(chosen), filter: asked };
  }

  /** Notes that what was written with these was read; whether the reader sees it masked instead. */
  async noteRead(tx: Tx, principal: Principal, ids: readonly string[], requestId: string): Promise<boolean> {
    const reading = this.reading.readingOf(principal, await this.reading.now(tx));
    await this.reading.noteRead(tx, principal, reading, ids, ['bulk.note'], requestId);
    return reading.masked;
  }

  private async named(tx: Tx, { institutionId }: Principal, ids: readonly string[]): Promise<string[]> {
    const given = [...new Set(ids.map((id) => id.toLowerCase()))];
    const known = await this.store.known(tx, institutionId, given.filter(isUuid));
    const errors = ids.flatMap((id, at) =>
      known.has(id.toLowerCase()) ? [] : [{ pointer: `/ids/${at}`, detail: 'is no complaint here' }],
    );
    if (errors.length > 0) throw new Refusal(INVALID, { errors: errors.slice(0, 20) });
    return given;
  }

  private async filtered(tx: Tx, principal: Principal, filter: NonNullable<BulkRequest['filter']>, now: Date): Promise<string[]> {
    const { records } = await this.listing.select(tx, principal, filter, now, null, MOST_SELECTED);
    if (records.length > MOST_SELECTED)
      throw new Refusal(SELECTION_TOO_LARGE, { errors: [{ pointer: '/filter', detail: `chooses more than ${MOST_SELECTED}; narrow it` }] });
    return records.map(({ id }) => id);
  }
}
