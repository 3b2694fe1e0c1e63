import { Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { CONFLICT, Refusal, type RefusalKind } from '#problem';

export const STALE_SETTING: RefusalKind = {
  ...CONFLICT,
  code: 'stale-setting',
  title: 'Somebody has set this since you read it',
};

export interface Versioned<T> {
  /** 1 comes with the product. */
  readonly version: number;
  readonly value: T;
  readonly note: string | null;
  readonly setBy: string | null;
  readonly setAt: Date | null;
}

export interface NextVersion<T> {
  /** The version that was read. */
  readonly version: number;
  readonly value: T;
  readonly note: string;
}

interface Row {
  readonly version: number;
  readonly value: unknown;
  readonly note: string;
  readonly setBy: string;
  readonly setAt: Date;
}

const SELECT = `select version, value, note, set_by as "setBy", set_at as "setAt" from sorting_setting`;

/** What an institution sets for sorting; the first version is the product's own. */
@Injectable()
export class SortingSettings {
  async inForce<T>(tx: Tx, institutionId: string, name: string, ours: T): Promise<Versioned<T>> {
    const [row] = await tx.query<Row>(`${SELECT} where institution_id = $1 and name = $2 order by version desc limit 1`, [
      institutionId,
      name,
    ]);
    return row ? (row as Versioned<T>) : { version: 1, value: ours, note: null, setBy: null, setAt: null };
  }

  /** Every institution that has set it, for work over all of them. */
  async all<T>(tx: Tx, name: string): Promise<ReadonlyMap<string, Versioned<T>>> {
    const rows = await tx.query<Row & { institutionId: string }>(
      `select distinct on (institution_id) institution_id as "institutionId", version, value, note, set_by as "setBy", set_at as "setAt"
       from sorting_setting where name = $1 order by institution_id, version desc`,
      [name],
    );
    return new Map(rows.map(({ institutionId, ...row }) => [institutionId, row as Versioned<T>]));
  }

  /** Refuses with STALE_SETTING when it is not the version in force that was read. */
  async set<T>(tx: Tx, principal: Principal, name: string, { version, value, note }: NextVersion<T>, now: Date): Promise<void> {
    const rows = await tx.query(
      `insert into sorting_setting (institution_id, name, version, value, note, set_by, set_at)
       select $1, $2, $3, $4, $5, $6, $7
       where coalesce((select max(version) from sorting_setting where institution_id = $1 and name = $2), 1) = $3 - 1
       on conflict do nothing returning version`,
      [principal.institutionId, name, version + 1, JSON.stringify(value), note, principal.subject, now],
    );
    if (rows.length === 0) throw new Refusal(STALE_SETTING, { detail: 'Read it again, then set it.' });
  }
}
