import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import type { MessageSettingRequest, MessageSettingView } from './setting.dto.ts';
import { SettingStore, type SettingRecord } from './setting.store.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);

/** What texts say of the bank itself. */
@Injectable()
export class SettingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(SettingStore) private readonly store: SettingStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  async view(principal: Principal): Promise<MessageSettingView> {
    return inTransaction(this.database, principal, async (tx) => toView(await this.store.find(tx, principal.institutionId)));
  }

  async put(principal: Principal, request: MessageSettingRequest): Promise<MessageSettingView> {
    const { institutionId, subject: setBy } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const setAt = this.clock.override ?? (await databaseNow(tx));
      const { bankName, bankContact, senderAddress } = request;
      await this.store.put(tx, institutionId, { bankName, bankContact, senderAddress, setBy, setAt });
      const detail = { bankName, bankContact, senderAddress };
      await this.acts.note(tx, principal, { action: 'message-settings-set', resource: 'message-settings', detail }, setAt);
      return toView({ bankName, bankContact, senderAddress, setBy, setAt });
    });
  }

  /** For letters; null: nobody has set it yet. */
  async of(tx: Tx, institutionId: string): Promise<SettingRecord | null> {
    return this.store.find(tx, institutionId);
  }
}

const toView = (record: SettingRecord | null): MessageSettingView => ({
  bankName: record?.bankName ?? null,
  bankContact: record?.bankContact ?? null,
  senderAddress: record?.senderAddress ?? null,
  setBy: record?.setBy ?? null,
  setAt: record === null ? null : zone.format(record.setAt.getTime()),
});
