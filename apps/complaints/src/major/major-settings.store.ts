import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { MajorSettings } from './plan.ts';

export interface SettingRecord {
  readonly id: string;
  readonly version: number;
  readonly value: MajorSettings;
  readonly note: string;
  readonly state: 'waiting' | 'approved' | 'refused' | 'withdrawn';
  readonly setBy: string;
  readonly setAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
}

const COLUMNS = `id, version, value, note, state, set_by as "setBy", set_at as "setAt", settled_by as "settledBy", settled_at as "settledAt"`;

@Injectable()
export class MajorSettingsStore {
  async approved(tx: Tx, institutionId: string): Promise<SettingRecord | null> {
    const [row] = await tx.query<SettingRecord>(
      `select ${COLUMNS} from major_setting where institution_id = $1 and state = 'approved' order by version desc limit 1`,
      [institutionId],
    );
    return row ?? null;
  }

  /** The one in force of every institution that has set it. */
  async all(tx: Tx): Promise<(SettingRecord & { readonly institutionId: string })[]> {
    return tx.query(
      `select distinct on (institution_id) institution_id as "institutionId", ${COLUMNS} from major_setting where state = 'approved' order by institution_id, version desc`,
    );
  }

  /** The one that waits, or was last settled; whatever became of it. */
  async latest(tx: Tx, institutionId: string): Promise<SettingRecord | null> {
    const [row] = await tx.query<SettingRecord>(
      `select ${COLUMNS} from major_setting where institution_id = $1 order by version desc limit 1`,
      [institutionId],
    );
    return row ?? null;
  }

  async insert(
    tx: Tx,
    setting: { institutionId: string; version: number; value: MajorSettings; note: string; by: string; at: Date },
  ): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into major_setting (institution_id, version, value, note, set_by, set_at) values ($1, $2, $3, $4, $5, $6) returning id`,
      [setting.institutionId, setting.version, JSON.stringify(setting.value), setting.note, setting.by, setting.at],
    );
    if (!row) throw new Error('the settings were not stored');
    return row.id;
  }

  async settle(tx: Tx, id: string, state: SettingRecord['state'], by: string, at: Date): Promise<void> {
    await tx.query('update major_setting set state = $2, settled_by = $3, settled_at = $4 where id = $1', [id, state, by, at]);
  }
}
