import { Injectable } from '@nestjs/common';
import { recordRead } from '#evidence-log';
import type { Tx } from '#pg';
import type { AgencyStatus, StandingFacts } from './standing.ts';

export interface AgencyRecord extends StandingFacts {
  readonly agencyId: string;
  readonly name: string;
  readonly licence: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly staffCount: number;
  readonly openCases: number;
}

/** Which agency it is, and how it stands. */
export interface AgencyRef extends StandingFacts {
  readonly agencyId: string;
  readonly name: string;
  readonly licence: string | null;
  /** Whether the dates of its contract follow from contracts in the register. */
  readonly hasContracts: boolean;
}

export interface StaffRecord {
  readonly collectorId: string;
  readonly nameSealed: Buffer;
  readonly certificateUntil: string | null;
  readonly active: boolean;
  readonly deviceIds: readonly string[];
}

export interface AgencyFilter {
  readonly institutionId: string;
  /** Only this agency; null: all. */
  readonly own: string | null;
  readonly status: AgencyStatus | null;
  readonly published: boolean | null;
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = `a.agency_id as "agencyId", a.name, a.licence, a.status, a.published, a.contract_from::text as "contractFrom", a.contract_to::text as "contractTo",
  a.last_evaluated_on::text as "lastEvaluatedOn", a.phone, a.address,
  (select count(*)::integer from agency_staff s where s.agency_id = a.agency_id and s.institution_id = a.institution_id and s.active) as "staffCount",
  (select count(*)::integer from collection_case c where c.agency_id = a.agency_id and c.institution_id = a.institution_id and c.state = 'open') as "openCases"`;

@Injectable()
export class AgencyStore {
  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    if (!row) throw new Error('the database has no clock');
    return row.now;
  }

  /** In order of the given id; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: AgencyFilter): Promise<AgencyRecord[]> {
    return tx.query<AgencyRecord>(
      `select ${COLUMNS} from agency a where a.institution_id = $1 and ($2::text is null or a.agency_id = $2) and ($3::text is null or a.status = $3)
         and ($4::boolean is null or a.published = $4) and ($5::text is null or a.agency_id > $5) order by a.agency_id limit $6`,
      [filter.institutionId, filter.own, filter.status, filter.published, filter.after, filter.limit + 1],
    );
  }

  async find(tx: Tx, institutionId: string, agencyId: string): Promise<AgencyRecord | null> {
    const [row] = await tx.query<AgencyRecord>(`select ${COLUMNS} from agency a where a.agency_id = $1 and a.institution_id = $2`, [
      agencyId,
      institutionId,
    ]);
    return row ?? null;
  }

  async ref(tx: Tx, institutionId: string, agencyId: string): Promise<AgencyRef | null> {
    const [row] = await tx.query<AgencyRef>(
      `select a.agency_id as "agencyId", a.name, a.licence, a.status, a.published, a.contract_from::text as "contractFrom", a.contract_to::text as "contractTo",
         a.last_evaluated_on::text as "lastEvaluatedOn",
         exists (select from agency_contract c where c.agency_id = a.agency_id and c.institution_id = a.institution_id) as "hasContracts"
       from agency a where a.agency_id = $1 and a.institution_id = $2`,
      [agencyId, institutionId],
    );
    return row ?? null;
  }

  async stake(tx: Tx, institutionId: string, agencyId: string): Promise<{ openCases: number; responsible: string | null } | null> {
    const [row] = await tx.query<{ openCases: number; responsible: string | null }>(
      `select (select count(*)::integer from collection_case c where c.agency_id = a.agency_id and c.institution_id = a.institution_id and c.state = 'open') as "openCases",
         (select responsible from agency_profile p where p.agency_id = a.agency_id and p.institution_id = a.institution_id) as responsible
       from agency a where a.agency_id = $1 and a.institution_id = $2`,
      [agencyId, institutionId],
    );
    return row ?? null;
  }

  async staff(tx: Tx, institutionId: string, agencyId: string): Promise<StaffRecord[]> {
    return tx.query<StaffRecord>(
      `select s.collector_id as "collectorId", s.name_sealed as "nameSealed", s.certificate_until::text as "certificateUntil", s.active,
         (select coalesce(array_agg(d.device_id order by d.device_id), '{}') from agency_device d
          where d.agency_id = s.agency_id and d.collector_id = s.collector_id and d.institution_id = s.institution_id and d.retired_at is null) as "deviceIds"
       from agency_staff s where s.agency_id = $1 and s.institution_id = $2 order by s.collector_id`,
      [agencyId, institutionId],
    );
  }

  async noteRead(
    tx: Tx,
    read: { institutionId: string; subject: string; clientId: string | null; agencyId: string; requestId: string },
    fields: readonly string[] = ['staff.name'],
  ): Promise<void> {
    await recordRead(tx, { ...read, resource: 'agency', resourceIds: [read.agencyId], fields });
  }
}
