import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Reading } from './reading.ts';

export interface SourceRecord {
  readonly id: string;
  readonly name: string;
  readonly agencyId: string | null;
  readonly reading: Reading;
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

export interface NewSource {
  readonly institutionId: string;
  readonly reading: Reading;
  readonly changedBy: string;
}

const COLUMNS = 'id, name, agency_id as "agencyId", reading, version, changed_by as "changedBy", changed_at as "changedAt"';

@Injectable()
export class SourceStore {
  /** Null when the name is taken. */
  async create(tx: Tx, name: string, { institutionId, reading, changedBy }: NewSource): Promise<SourceRecord | null> {
    const [row] = await tx.query<SourceRecord>(
      `insert into call_record_source (institution_id, name, agency_id, reading, changed_by) values ($1, $2, $3, $4, $5)
       on conflict on constraint call_record_source_name do nothing returning ${COLUMNS}`,
      [institutionId, name, reading.agencyId, JSON.stringify(reading), changedBy],
    );
    return row ?? null;
  }

  /** Null when the version is not the newest. */
  async change(tx: Tx, id: string, version: number, { reading, changedBy }: NewSource): Promise<SourceRecord | null> {
    const [row] = await tx.query<SourceRecord>(
      `update call_record_source set agency_id = $3, reading = $4, changed_by = $5, changed_at = clock_timestamp(), version = version + 1
       where id = $1 and version = $2 returning ${COLUMNS}`,
      [id, version, reading.agencyId, JSON.stringify(reading), changedBy],
    );
    return row ?? null;
  }

  /** By id or by name; of an agency only its own. */
  async find(tx: Tx, institutionId: string, idOrName: string, ofAgency: string | null): Promise<SourceRecord | null> {
    const [row] = await tx.query<SourceRecord>(
      `select ${COLUMNS} from call_record_source where institution_id = $1 and (id::text = lower($2) or name = $2) and ($3::text is null or agency_id = $3)
       order by (id::text = lower($2)) desc limit 1`,
      [institutionId, idOrName, ofAgency],
    );
    return row ?? null;
  }

  async list(tx: Tx, institutionId: string, ofAgency: string | null, after: string | null, limit: number): Promise<SourceRecord[]> {
    return tx.query<SourceRecord>(
      `select ${COLUMNS} from call_record_source where institution_id = $1 and ($2::text is null or agency_id = $2) and ($3::uuid is null or id > $3)
       order by id limit $4`,
      [institutionId, ofAgency, after, limit + 1],
    );
  }
}
