import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface DeviceKey {
  readonly institutionId: string;
  readonly agencyId: string;
  readonly deviceId: string;
}

export interface DeviceRecord {
  readonly deviceId: string;
  readonly kind: string;
  readonly collectorIds: readonly string[];
  readonly active: boolean;
  readonly registeredAt: Date;
  readonly registeredBy: string | null;
  readonly retiredAt: Date | null;
  readonly elsewhere: boolean;
}

// A tool is in use while one of its rows is not retired; then those are its rows, else the last.
const DEVICES = `
  select d.device_id as "deviceId", min(d.kind) as kind, bool_or(d.retired_at is null) as active,
    coalesce(array_agg(d.collector_id order by d.collector_id) filter (where d.retired_at is null), array_agg(d.collector_id order by d.collector_id)) as "collectorIds",
    min(d.registered_at) as "registeredAt", (array_agg(d.registered_by order by d.registered_at))[1] as "registeredBy",
    case when not bool_or(d.retired_at is null) then max(d.retired_at) end as "retiredAt",
    exists (select from agency_device o where o.device_id = d.device_id and o.institution_id = $1 and o.agency_id <> $2 and o.retired_at is null) as elsewhere
  from agency_device d where d.agency_id = $2 and d.institution_id = $1`;

@Injectable()
export class DeviceStore {
  /** False where it is registered for the collector already. */
  async register(
    tx: Tx,
    { institutionId, agencyId, deviceId }: DeviceKey,
    one: { collectorId: string; kind: string; by: string; at: Date },
  ): Promise<boolean> {
    const put = await tx.query(
      `insert into agency_device (institution_id, agency_id, device_id, collector_id, kind, registered_by, registered_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict on constraint agency_device_once do update set retired_at = null, retired_by = null, kind = excluded.kind, registered_by = excluded.registered_by,
         registered_at = excluded.registered_at where agency_device.retired_at is not null returning id`,
      [institutionId, agencyId, deviceId, one.collectorId, one.kind, one.by, one.at],
    );
    return put.length > 0;
  }

  /** How many rows it retired. */
  async retire(
    tx: Tx,
    { institutionId, agencyId, deviceId }: DeviceKey,
    { collectorId, by, at }: { collectorId: string | null; by: string; at: Date },
  ): Promise<number> {
    const retired = await tx.query(
      `update agency_device set retired_at = $4, retired_by = $5 where agency_id = $2 and device_id = $3 and institution_id = $1
         and ($6::text is null or collector_id = $6) and retired_at is null returning id`,
      [institutionId, agencyId, deviceId, at, by, collectorId],
    );
    return retired.length;
  }

  async find(tx: Tx, { institutionId, agencyId, deviceId }: DeviceKey): Promise<DeviceRecord | null> {
    const [row] = await tx.query<DeviceRecord>(`${DEVICES} and d.device_id = $3 group by d.device_id`, [institutionId, agencyId, deviceId]);
    return row ?? null;
  }

  /** In order of the given id; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    filter: { institutionId: string; agencyId: string; active: boolean | null; after: string | null; limit: number },
  ): Promise<DeviceRecord[]> {
    return tx.query<DeviceRecord>(
      `${DEVICES} and ($3::text is null or d.device_id > $3) group by d.device_id having $4::boolean is null or bool_or(d.retired_at is null) = $4 order by d.device_id limit $5`,
      [filter.institutionId, filter.agencyId, filter.after, filter.active, filter.limit + 1],
    );
  }
}
