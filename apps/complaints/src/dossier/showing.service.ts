import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, encodeCursor, isInstant, isUuid } from '#wire';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { HoldService } from '../hold/hold.service.ts';
import type { CollectionHoldView, DossierItemListRequest, DossierItemPage, DossierView } from './dossier.dto.ts';
import { toDossierView, toHoldView, toItemView } from './dossier.view.ts';
import { DossierStore } from './dossier.store.ts';
import { ITEM_BODY } from './keeping.service.ts';
import { ItemStore, type ItemRecord } from './item.store.ts';

const DEFAULT_LIMIT = 50;

/** Shows files to whoever may read complaints; an agency's own people see none. */
@Injectable()
export class ShowingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(DossierStore) private readonly store: DossierStore,
    @Inject(ItemStore) private readonly itemStore: ItemStore,
    @Inject(HoldService) private readonly holds: HoldService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, id: string, requestId: string): Promise<DossierView> {
    return inTransaction(this.database, principal, (tx) => this.view(tx, principal, id, requestId));
  }

  /** Refuses with NOT_FOUND. */
  async view(tx: Tx, principal: Principal, id: string, requestId: string): Promise<DossierView> {
    const record = await this.recordOf(tx, principal, id);
    const reading = this.reading.readingOf(principal, await this.reading.now(tx));
    const [dossier, counts, read] = [
      await this.store.find(tx, record.institutionId, record.id),
      await this.itemStore.counts(tx, record.id),
      await this.store.lastRead(tx, record.id),
    ];
    const hold = await this.holdView(tx, principal, record);
    if (hold?.reason) await this.reading.noteRead(tx, principal, reading, [record.id], ['collectionHold.reason'], requestId);
    return toDossierView(record, dossier, counts, read, hold);
  }

  /** As each was last read, the latest first. Refuses with NOT_FOUND, and with INVALID for a cursor that is not ours. */
  async items(principal: Principal, id: string, request: DossierItemListRequest, requestId: string): Promise<DossierItemPage> {
    const { limit = DEFAULT_LIMIT, kind = null, ruleId = null, verdict = null } = request;
    const key = decodeCursor(request.cursor, isPlace);
    const [at = '', before = ''] = key?.split(' ') ?? [];
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.recordOf(tx, principal, id);
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const rows = await this.itemStore.list(tx, record.id, {
        kind,
        ruleId,
        verdict,
        before: key === null ? null : { at, id: before },
        limit,
      });
      const shown = rows.slice(0, limit);
      await this.reading.noteRead(tx, principal, reading, [record.id], ['dossier'], requestId);
      const last = shown.at(-1);
      const zone = Zone.of(record.timeZone);
      return {
        items: shown.map((row) => toItemView(row, zone, reading)),
        nextCursor: rows.length > limit && last ? encodeCursor(`${last.at.toISOString()} ${last.id}`) : null,
      };
    });
  }

  /** For other rooms: an item of a complaint; null: it has none of that id. */
  item(tx: Tx, complaintId: string, id: string): Promise<ItemRecord | null> {
    return isUuid(id) ? this.itemStore.find(tx, complaintId, id) : Promise.resolve(null);
  }

  bodyOf(item: ItemRecord): Readonly<Record<string, unknown>> {
    return JSON.parse(this.vault.open(item.bodySealed, ITEM_BODY)) as Record<string, unknown>;
  }

  private async holdView(tx: Tx, principal: Principal, record: ComplaintRecord): Promise<CollectionHoldView | null> {
    const asked = await this.holds.askedOf(tx, record.id);
    const choice = await this.holds.choiceOf(tx, record.id);
    return toHoldView(record, asked, choice, this.reading.readingOf(principal, await this.reading.now(tx)));
  }

  private recordOf(tx: Tx, principal: Principal, id: string): Promise<ComplaintRecord> {
    if (principal.agencyId !== null) throw new Refusal(NOT_FOUND, { detail: 'There is no such complaint here.' });
    return this.reading.find(tx, principal, id);
  }
}

function isPlace(key: string): boolean {
  const [at = '', id = '', ...rest] = key.split(' ');
  return rest.length === 0 && isInstant(at) && isUuid(id);
}
