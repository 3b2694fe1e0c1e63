import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** What an institution asks of its entrusting; shares in per cent. */
export interface EntrustmentSetting {
  /** Hours that pass between telling the debtor and entrusting. */
  readonly noticeHours: number;
  /** Holds that keep a case from an agency; null: every kind. */
  readonly holdKinds: readonly string[] | null;
  readonly maxShareNumber: number | null;
  readonly maxShareAmount: number | null;
  /** Allocations of more cases need a second person. */
  readonly fourEyesAbove: number;
  /** Days after which a contact point is to be checked again. */
  readonly pointStaleDays: number;
  readonly setBy: string | null;
  readonly setAt: Date | null;
}

export const USUAL: EntrustmentSetting = {
  noticeHours: 0,
  holdKinds: null,
  maxShareNumber: null,
  maxShareAmount: null,
  fourEyesAbove: 100,
  pointStaleDays: 365,
  setBy: null,
  setAt: null,
};

export interface CapacityRecord {
  readonly agencyId: string;
  readonly name: string;
  readonly openCases: number;
  readonly waiting: number;
  readonly maxOpenCases: number | null;
}

@Injectable()
export class EntrustmentSettingStore {
  async find(tx: Tx, institutionId: string): Promise<EntrustmentSetting> {
    const [row] = await tx.query<EntrustmentSetting>(
      `select notice_hours as "noticeHours", hold_kinds as "holdKinds", max_share_number::float8 as "maxShareNumber", max_share_amount::float8 as "maxShareAmount",
         four_eyes_above as "fourEyesAbove", point_stale_days as "pointStaleDays", set_by as "setBy", set_at as "setAt"
       from entrustment_setting where institution_id = $1`,
      [institutionId],
    );
    return row ?? USUAL;
  }

  async put(tx: Tx, institutionId: string, setting: EntrustmentSetting): Promise<void> {
    await tx.query(
      `insert into entrustment_setting (institution_id, notice_hours, hold_kinds, max_share_number, max_share_amount, four_eyes_above, point_stale_days, set_by, set_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (institution_id) do update set notice_hours = excluded.notice_hours, hold_kinds = excluded.hold_kinds, max_share_number = excluded.max_share_number,
         max_share_amount = excluded.max_share_amount, four_eyes_above = excluded.four_eyes_above, point_stale_days = excluded.point_stale_days,
         set_by = excluded.set_by, set_at = excluded.set_at`,
      [
        institutionId,
        setting.noticeHours,
        setting.holdKinds,
        setting.maxShareNumber,
        setting.maxShareAmount,
        setting.fourEyesAbove,
        setting.pointStaleDays,
        setting.setBy,
        setting.setAt,
      ],
    );
  }

  async capacities(tx: Tx, institutionId: string, own: string | null): Promise<CapacityRecord[]> {
    return tx.query<CapacityRecord>(
      `select a.agency_id as "agencyId", a.name, k.max_open_cases as "maxOpenCases",
         (select count(*)::integer from collection_case c where c.agency_id = a.agency_id and c.institution_id = a.institution_id and c.state = 'open') as "openCases",
         (select count(*)::integer from entrustment_proposal p where p.agency_id = a.agency_id and p.institution_id = a.institution_id
           and p.state in ('awaiting-notice', 'awaiting-time')) as waiting
       from agency a left join agency_capacity k on k.agency_id = a.agency_id and k.institution_id = a.institution_id
       where a.institution_id = $1 and ($2::text is null or a.agency_id = $2) order by a.agency_id limit 1000`,
      [institutionId, own],
    );
  }

  async setCapacity(
    tx: Tx,
    institutionId: string,
    { agencyId, maxOpenCases, by, at }: { agencyId: string; maxOpenCases: number | null; by: string; at: Date },
  ): Promise<boolean> {
    const known = await tx.query('select from agency where institution_id = $1 and agency_id = $2', [institutionId, agencyId]);
    if (known.length === 0) return false;
    if (maxOpenCases === null) {
      await tx.query('delete from agency_capacity where institution_id = $1 and agency_id = $2', [institutionId, agencyId]);
      return true;
    }
    await tx.query(
      `insert into agency_capacity (institution_id, agency_id, max_open_cases, set_by, set_at) values ($1, $2, $3, $4, $5)
       on conflict (agency_id, institution_id) do update set max_open_cases = excluded.max_open_cases, set_by = excluded.set_by, set_at = excluded.set_at`,
      [institutionId, agencyId, maxOpenCases, by, at],
    );
    return true;
  }
}
