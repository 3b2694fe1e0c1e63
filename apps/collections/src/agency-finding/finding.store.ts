import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { OF_REGISTER, type Evidence, type Pointer, type Register, type Sighting } from './pointers.ts';

export interface FindingRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly kind: string;
  readonly about: string;
  readonly state: string;
  readonly judgedBy: string | null;
  readonly judgedAt: Date | null;
  readonly reasonSealed: Buffer | null;
  readonly firstSeenOn: string;
  readonly lastSeenOn: string;
  readonly seen: number;
  readonly days: readonly { readonly day: string; readonly seen: number; readonly evidence: Evidence }[];
}

export interface FindingFilter {
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly state: string | null;
  readonly kind: string | null;
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = `f.id, f.agency_id as "agencyId", a.name as "agencyName", f.kind, f.about, f.state, f.judged_by as "judgedBy", f.judged_at as "judgedAt", f.reason_sealed as "reasonSealed",
  d.first::text as "firstSeenOn", d.last::text as "lastSeenOn", d.seen::integer as seen, d.days`;
const SOURCES = `agency_finding f join agency a on a.agency_id = f.agency_id and a.institution_id = f.institution_id
  cross join lateral (select min(day) as first, max(day) as last, sum(n.seen) as seen,
    (array_agg(json_build_object('day', day, 'seen', n.seen, 'evidence', evidence) order by day desc))[1:30] as days from agency_finding_day n where n.finding = f.id) d`;

// Contacts of the ledger, asked for and refused, and the dialers' own records: whoever was kept from calling was seen all the same.
const SIGHTINGS = `
  with seen as (
    select agency_id, unnest(case when cardinality(collector_ids) = 0 then '{null}' else collector_ids end) as collector, device_id as device, at from contact
    where institution_id = $1 and at >= $2 and at < $3 and agency_id is not null and initiator = 'us' and result is distinct from 'cancelled'
    union all
    select d.agency_id, k.collector, d.proposed->>'deviceId', d.decided_at from decision d
    left join lateral json_array_elements_text(case when json_typeof(d.proposed->'collectorIds') = 'array' then d.proposed->'collectorIds' else '[]' end) as k(collector) on true
    where d.institution_id = $1 and d.decided_at >= $2 and d.decided_at < $3 and d.agency_id is not null and d.verdict = 'refused'
    union all
    select c.agency_id, c.collector_id, null, c.started_at from reconciliation r join call_record c on c.reconciliation = r.id and c.started_at >= $2 and c.started_at < $3
    where r.institution_id = $1 and c.agency_id is not null and c.collector_id is not null
  )
  select agency_id as "agencyId", collector as "collectorId", device as "deviceId", count(*)::integer as attempts,
    to_json(min(at)) as "firstAt", to_json(max(at)) as "lastAt" from seen where collector is not null or device is not null group by 1, 2, 3`;

const RECORD = `
  with given as (
    select * from json_to_recordset($2) as r("agencyId" text, kind text, about text, seen integer, evidence json)
  ), fresh as (
    select g.* from given g where not exists (
      select from agency_finding f join agency_finding_day d on d.finding = f.id
      where f.agency_id = g."agencyId" and f.kind = g.kind and f.about = g.about and f.institution_id = $1 and f.state <> 'open'
        and (d.day = $3 or (g.kind = any($5) and d.evidence::text = g.evidence::text)))
  ), opened as (
    insert into agency_finding (institution_id, agency_id, kind, about, opened_at) select $1, "agencyId", kind, about, $4 from fresh order by "agencyId", kind, about
    on conflict (agency_id, kind, about, institution_id) where state = 'open' do update set opened_at = agency_finding.opened_at
    returning id, agency_id, kind, about, old.id is null as is_new
  ), dated as (
    insert into agency_finding_day (finding, institution_id, day, seen, evidence)
    select o.id, $1, $3, g.seen, g.evidence from opened o join fresh g on g."agencyId" = o.agency_id and g.kind = o.kind and g.about = o.about
    on conflict (finding, day) do update set seen = excluded.seen, evidence = excluded.evidence
  )
  select id, agency_id as "agencyId", kind from opened where is_new`;

@Injectable()
export class FindingStore {
  async sightings(tx: Tx, institutionId: string, from: Date, to: Date): Promise<Sighting[]> {
    return tx.query<Sighting>(SIGHTINGS, [institutionId, from, to]);
  }

  async register(tx: Tx, institutionId: string, from: Date, to: Date): Promise<Register> {
    const agencies = await tx.query<Register['agencies'][number]>(
      'select agency_id as "agencyId", name from agency where institution_id = $1',
      [institutionId],
    );
    const collectors = await tx.query<Register['collectors'][number]>(
      `select agency_id as "agencyId", collector_id as "collectorId", active, left_on::text as "leftOn", employer, encode(id_number_index, 'hex') as person
       from agency_staff where institution_id = $1`,
      [institutionId],
    );
    const devices = await tx.query<Register['devices'][number]>(
      'select agency_id as "agencyId", device_id as "deviceId", collector_id as "collectorId" from agency_device where institution_id = $1 and (retired_at is null or retired_at >= $2)',
      [institutionId, from],
    );
    const seats = await tx.query<Register['seats'][number]>(
      `select distinct agency_id as "agencyId", seat_id as "seatId", collector_id as "collectorId" from agency_seat
       where institution_id = $1 and from_at < $3 and (until_at is null or until_at > $2)`,
      [institutionId, from, to],
    );
    return { agencies, collectors, devices, seats };
  }

  /** Who has a work tool registered. */
  async holders(tx: Tx, institutionId: string, deviceId: string): Promise<Register['devices']> {
    return tx.query<Register['devices'][number]>(
      'select agency_id as "agencyId", device_id as "deviceId", collector_id as "collectorId" from agency_device where device_id = $2 and institution_id = $1 and retired_at is null',
      [institutionId, deviceId],
    );
  }

  /** Opens what is new, adds the day to what is open, and leaves what was judged on the same grounds; the new ones. */
  async record(
    tx: Tx,
    institutionId: string,
    pointers: readonly Pointer[],
    { day, now }: { readonly day: string; readonly now: Date },
  ): Promise<{ id: string; agencyId: string; kind: string }[]> {
    return tx.query(RECORD, [institutionId, JSON.stringify(pointers), day, now, OF_REGISTER]);
  }

  async countOn(tx: Tx, institutionId: string, day: string): Promise<{ findings: number; open: number }> {
    const [row] = await tx.query<{ findings: number; open: number }>(
      `select count(*)::integer as findings, (count(*) filter (where f.state = 'open'))::integer as open
       from agency_finding_day d join agency_finding f on f.id = d.finding where d.day = $2 and d.institution_id = $1`,
      [institutionId, day],
    );
    return row ?? { findings: 0, open: 0 };
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: FindingFilter): Promise<FindingRecord[]> {
    return tx.query<FindingRecord>(
      `select ${COLUMNS} from ${SOURCES} where f.institution_id = $1 and ($2::text is null or f.agency_id = $2) and ($3::text is null or f.state = $3)
         and ($4::text is null or f.kind = $4) and ($5::uuid is null or f.id < $5) order by f.id desc limit $6`,
      [filter.institutionId, filter.agencyId, filter.state, filter.kind, filter.after, filter.limit + 1],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<FindingRecord | null> {
    const [row] = await tx.query<FindingRecord>(`select ${COLUMNS} from ${SOURCES} where f.id = $1 and f.institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** How it stands, which nobody else changes until the transaction ends. */
  async lock(
    tx: Tx,
    institutionId: string,
    id: string,
  ): Promise<{ state: string; agencyId: string; kind: string; judgedBy: string | null } | null> {
    const [row] = await tx.query<{ state: string; agencyId: string; kind: string; judgedBy: string | null }>(
      'select state, agency_id as "agencyId", kind, judged_by as "judgedBy" from agency_finding where id = $1 and institution_id = $2 for update',
      [id, institutionId],
    );
    return row ?? null;
  }

  async judge(tx: Tx, id: string, judgement: { state: string; by: string; at: Date; reasonSealed: Buffer }): Promise<void> {
    await tx.query('update agency_finding set state = $2, judged_by = $3, judged_at = $4, reason_sealed = $5 where id = $1', [
      id,
      judgement.state,
      judgement.by,
      judgement.at,
      judgement.reasonSealed,
    ]);
  }
}
