import { Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { isUuid } from '#wire';

export interface SettingRecord {
  readonly bankName: string;
  readonly bankContact: string;
  readonly senderAddress: string;
  readonly setBy: string;
  readonly setAt: Date;
}

@Injectable()
export class SettingStore {
  async find(tx: Tx, institutionId: string): Promise<SettingRecord | null> {
    const [row] = await tx.query<SettingRecord>(
      `select bank_name as "bankName", bank_contact as "bankContact", sender_address as "senderAddress", set_by as "setBy", set_at as "setAt"
       from message_setting where institution_id = $1`,
      [institutionId],
    );
    return row ?? null;
  }

  async put(tx: Tx, institutionId: string, setting: SettingRecord): Promise<void> {
    await tx.query(
      `insert into message_setting (institution_id, bank_name, bank_contact, sender_address, set_by, set_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (institution_id) do update set bank_name = $2, bank_contact = $3, sender_address = $4, set_by = $5, set_at = $6`,
      [institutionId, setting.bankName, setting.bankContact, setting.senderAddress, setting.setBy, setting.setAt],
    );
  }

  /** What the ledger says is owed; null: no such case for the caller. */
  async balanceOf(tx: Tx, { institutionId, agencyId }: Principal, caseId: string): Promise<string | null> {
    const [row] = await tx.query<{ balance: string }>(
      `select balance::text as balance from collection_case
       where institution_id = $1 and ($2::text is null or agency_id = $2) and (case_id = $3 or id = $4) limit 1`,
      [institutionId, agencyId, caseId, isUuid(caseId) ? caseId : null],
    );
    return row?.balance ?? null;
  }
}
