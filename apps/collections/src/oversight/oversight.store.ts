import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { GovernanceSetting } from './setting.ts';

export interface SettingRecord {
  readonly version: number;
  readonly setting: GovernanceSetting;
  readonly setBy: string;
  readonly setAt: Date;
}

/** What oversight needs to know of an agency. Local dates. */
export interface OverseenAgency {
  readonly agencyId: string;
  readonly name: string;
  readonly status: string;
  readonly contractFrom: string | null;
  readonly contractTo: string | null;
  readonly lastEvaluatedOn: string | null;
}

const AGENCY = `agency_id as "agencyId", name, status, contract_from::text as "contractFrom", contract_to::text as "contractTo", last_evaluated_on::text as "lastEvaluatedOn"`;

@Injectable()
export class OversightStore {
  /** One decision about an agency at a time; until the transaction ends. Taken before the gates' lock and the agency's row. */
  async lockAgency(tx: Tx, institutionId: string, agencyId: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 10403))', [institutionId, agencyId]);
  }

  async findAgency(tx: Tx, institutionId: string, agencyId: string): Promise<OverseenAgency | null> {
    const [row] = await tx.query<OverseenAgency>(`select ${AGENCY} from agency where agency_id = $1 and institution_id = $2`, [
      agencyId,
      institutionId,
    ]);
    return row ?? null;
  }

  /** Those that work or could work again, in order of their id. */
  async agencies(tx: Tx, institutionId: string, own: string | null): Promise<OverseenAgency[]> {
    return tx.query<OverseenAgency>(
      `select ${AGENCY} from agency where institution_id = $1 and status in ('active', 'suspended') and ($2::text is null or agency_id = $2) order by agency_id`,
      [institutionId, own],
    );
  }

  /** Those with agencies that work or could work again. */
  async institutions(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select distinct institution_id as id from agency where status in ('active', 'suspended') order by id`,
    );
    return rows.map(({ id }) => id);
  }

  async licenceUntil(tx: Tx, institutionId: string, agencyId: string): Promise<string | null> {
    const [row] = await tx.query<{ until: string | null }>(
      `select licence_until::text as until from agency_profile where agency_id = $1 and institution_id = $2`,
      [agencyId, institutionId],
    );
    return row?.until ?? null;
  }

  /** Since when a task about something is open; null: none is. */
  async toldAt(tx: Tx, institutionId: string, { kind, resource }: { kind: string; resource: string }): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date }>(
      `select opened_at as at from task where institution_id = $1 and kind = $2 and resource = $3 and done_at is null`,
      [institutionId, kind, resource],
    );
    return row?.at ?? null;
  }

  async setting(tx: Tx, institutionId: string): Promise<SettingRecord | null> {
    const [row] = await tx.query<SettingRecord>(
      `select version, setting, set_by as "setBy", set_at as "setAt" from agency_governance_setting where institution_id = $1 order by version desc limit 1`,
      [institutionId],
    );
    return row ?? null;
  }

  /** False when somebody else was first. */
  async addSetting(tx: Tx, institutionId: string, { version, setting, setBy, setAt }: SettingRecord): Promise<boolean> {
    const added = await tx.query(
      `insert into agency_governance_setting (institution_id, version, setting, set_by, set_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning version`,
      [institutionId, version, JSON.stringify(setting), setBy, setAt],
    );
    return added.length > 0;
  }
}
