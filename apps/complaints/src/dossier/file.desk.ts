import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { HoldService } from '../hold/hold.service.ts';
import { DossierStore } from './dossier.store.ts';
import { ItemStore, type NewItem } from './item.store.ts';
import { HOLD_REASON } from './dossier.view.ts';
import { ITEM_BODY } from './keeping.service.ts';
import { OpeningService } from './opening.service.ts';

/** The changes to a file, of a complaint that is locked. */
@Injectable()
export class FileDesk {
  constructor(
    @Inject(DossierStore) private readonly store: DossierStore,
    @Inject(ItemStore) private readonly items: ItemStore,
    @Inject(OpeningService) private readonly opening: OpeningService,
    @Inject(HoldService) private readonly holds: HoldService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** The account that the file is about. Collection of it is held as well, where the complaint itself names none and is not decided. */
  async choose(
    tx: Tx,
    record: ComplaintRecord,
    { account, fromAt, by, now }: { readonly account: string; readonly fromAt: Date | null; readonly by: string; readonly now: Date },
  ): Promise<void> {
    const { institutionId, id, agencyId, collectorId } = record;
    await this.opening.open(tx, institutionId, [{ id, account }], by, now);
    await this.store.choose(tx, id, account, fromAt, now);
    if (record.decidedAt !== null || account === record.account) return;
    const before = await this.holds.choiceOf(tx, id);
    const scope = before ?? {
      scope: collectorId !== null ? ('collector' as const) : agencyId !== null ? ('agency' as const) : ('account' as const),
      agencyId,
      collectorId,
      channel: null,
      contactPoint: null,
      reasonSealed: this.vault.seal('', HOLD_REASON),
    };
    await this.holds.choose(tx, institutionId, record, { ...scope, account, chosenBy: by, chosenAt: now });
  }

  async readAgain(tx: Tx, { id }: ComplaintRecord, now: Date): Promise<void> {
    await this.store.readNext(tx, id, now);
  }

  /** Also where collections has never answered. */
  async attach(tx: Tx, record: ComplaintRecord, item: Omit<NewItem, 'bodySealed'>, body: object, now: Date): Promise<string> {
    const { institutionId, id, account } = record;
    await this.opening.open(tx, institutionId, [{ id, account }], item.addedBy ?? '', now);
    const bodySealed = this.vault.seal(JSON.stringify(body), ITEM_BODY);
    const [itemId = ''] = await this.items.add(tx, institutionId, id, [{ ...item, bodySealed }], now);
    return itemId;
  }
}
