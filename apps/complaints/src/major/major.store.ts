import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { MajorKind } from './plan.ts';

export const MATTER_STATES = ['open', 'downgraded', 'closed'] as const;
export type MatterState = (typeof MATTER_STATES)[number];

/** A matter as it is stored; the title still sealed. */
export interface MatterRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly number: string;
  readonly kind: MajorKind;
  readonly drill: boolean;
  readonly state: MatterState;
  readonly titleSealed: Buffer;
  readonly persons: number | null;
  readonly knownAt: Date;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly settingsVersion: number;
  readonly reportDueAt: Date;
  readonly reportedAt: Date | null;
  readonly downgradeAskedBy: string | null;
  readonly downgradePersons: number | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly complaints: number;
  readonly stepsOpen: number;
  readonly stepsOverdue: number;
  readonly steps: number;
}

export type NewMatter = Pick<
  MatterRecord,
  'institutionId' | 'kind' | 'drill' | 'titleSealed' | 'persons' | 'knownAt' | 'openedBy' | 'openedAt' | 'settingsVersion' | 'reportDueAt'
> & { readonly remindAt: Date; readonly prefix: string };

export interface MatterFilter {
  readonly institutionId: string;
  readonly state: MatterState | 'ended' | null;
  readonly kind: MajorKind | null;
  readonly drill: boolean | null;
  readonly after: string | null;
  readonly limit: number;
  readonly now: Date;
}

export interface NamedComplaint {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly dueOn: string;
}

/** Whom complaints are about, each once, with one of the complaints that are. */
export interface About {
  readonly complaintId: string;
}

const columns = (
  now: string,
): string => `m.id, m.institution_id as "institutionId", m.number, m.kind, m.drill, m.state, m.title_sealed as "titleSealed", m.persons,
  m.known_at as "knownAt", m.opened_by as "openedBy", m.opened_at as "openedAt", m.settings_version as "settingsVersion", m.report_due_at as "reportDueAt",
  m.reported_at as "reportedAt", m.downgrade_asked_by as "downgradeAskedBy", m.downgrade_persons as "downgradePersons", m.ended_at as "endedAt", m.ended_by as "endedBy",
  (select count(*)::int from major_complaint x where x.matter = m.id) as complaints, s.steps, s."stepsOpen", s."stepsOverdue"
  from major_matter m cross join lateral (
    select count(*)::int as steps, (count(*) filter (where state = 'open'))::int as "stepsOpen", (count(*) filter (where state = 'open' and due_at < ${now}))::int as "stepsOverdue"
    from major_step where matter = m.id) s`;

@Injectable()
export class MajorStore {
  async insert(tx: Tx, matter: NewMatter): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into major_matter (institution_id, number, kind, drill, title_sealed, persons, known_at, opened_by, opened_at, settings_version, report_due_at, remind_at)
       values ($1, $2 || lpad(nextval('major_matter_serial')::text, 5, '0'), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
      [
        matter.institutionId,
        matter.prefix,
        matter.kind,
        matter.drill,
        matter.titleSealed,
        matter.persons,
        matter.knownAt,
        matter.openedBy,
        matter.openedAt,
        matter.settingsVersion,
        matter.reportDueAt,
        matter.remindAt,
      ],
    );
    if (!row) throw new Error('the matter was not stored');
    return row.id;
  }

  async find(tx: Tx, institutionId: string, id: string, now: Date): Promise<MatterRecord | null> {
    const [row] = await tx.query<MatterRecord>(`select ${columns('$3::timestamptz')} where m.institution_id = $1 and m.id = $2`, [
      institutionId,
      id,
      now,
    ]);
    return row ?? null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: MatterFilter): Promise<MatterRecord[]> {
    return tx.query(
      `select ${columns('$7::timestamptz')} where m.institution_id = $1 and ($2::text is null or m.state = $2 or ($2 = 'ended' and m.state <> 'open')) and ($3::text is null or m.kind = $3)
         and ($4::boolean is null or m.drill = $4) and ($5::uuid is null or m.id < $5) order by m.id desc limit $6`,
      [filter.institutionId, filter.state, filter.kind, filter.drill, filter.after, filter.limit + 1, filter.now],
    );
  }

  async ofComplaint(tx: Tx, complaintId: string, now: Date): Promise<MatterRecord[]> {
    return tx.query(
      `select ${columns('$2::timestamptz')} where exists (select from major_complaint x where x.matter = m.id and x.complaint = $1) order by m.id desc`,
      [complaintId, now],
    );
  }

  /** Adds those that are of no open matter; returns them. */
  async addComplaints(tx: Tx, matter: MatterRecord, complaints: readonly string[], by: string, at: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `insert into major_complaint (institution_id, matter, complaint, added_by, added_at)
       select $1, $2, c.id, $4, $5 from complaint c where c.id = any($3) and c.institution_id = $1 on conflict do nothing returning complaint as id`,
      [matter.institutionId, matter.id, complaints, by, at],
    );
    return rows.map(({ id }) => id);
  }

  async complaintIds(tx: Tx, matter: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('select complaint as id from major_complaint where matter = $1 order by complaint', [
      matter,
    ]);
    return rows.map(({ id }) => id);
  }

  /** The newest five hundred. */
  async complaints(tx: Tx, matter: string): Promise<NamedComplaint[]> {
    return tx.query(
      `select c.id, c.number, c.state, c.due_on::text as "dueOn" from major_complaint m join complaint c on c.id = m.complaint where m.matter = $1
       order by c.received_at desc, c.id desc limit 500`,
      [matter],
    );
  }

  /** One complaint for each whom any of them is about. */
  async abouts(tx: Tx, matter: string): Promise<About[]> {
    return tx.query(
      `select distinct on (c.against_agency_id, c.against_collector_id, c.against_staff_id) c.id as "complaintId" from major_complaint m join complaint c on c.id = m.complaint
       where m.matter = $1 and coalesce(c.against_agency_id, c.against_collector_id, c.against_staff_id) is not null`,
      [matter],
    );
  }

  async askDowngrade(tx: Tx, id: string, by: string | null, persons: number | null): Promise<void> {
    await tx.query('update major_matter set downgrade_asked_by = $2, downgrade_persons = $3 where id = $1', [id, by, persons]);
  }

  /** Closed or downgraded: its complaints may be part of another matter. */
  async end(tx: Tx, id: string, state: 'downgraded' | 'closed', by: string, at: Date): Promise<void> {
    await tx.query(
      `with ended as (update major_matter set state = $2, ended_by = $3, ended_at = $4, downgrade_asked_by = null where id = $1)
       update major_complaint set active = false where matter = $1`,
      [id, state, by, at],
    );
  }

  async reported(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.query('update major_matter set reported_at = $2 where id = $1 and reported_at is null', [id, at]);
  }

  /** Provinces and areas that complaints of the matter are of, with how many; for its report. */
  async figures(
    tx: Tx,
    matter: string,
  ): Promise<{ readonly causes: readonly Figure[]; readonly agencies: readonly Figure[]; readonly areas: readonly Figure[] }> {
    const [row] = await tx.query<{ causes: Figure[]; agencies: Figure[]; areas: Figure[] }>(
      `with part as materialized (
         select c.against_agency_id as agency, l.cause_code as cause, l.area from major_complaint m join complaint c on c.id = m.complaint left join classification l on l.complaint = c.id
         where m.matter = $1)
       select (select coalesce(json_agg(x), '[]') from (select cause as code, count(*)::int as count from part where cause is not null group by 1 order by 2 desc, 1 limit 5) x) as causes,
         (select coalesce(json_agg(x), '[]') from (select agency as code, count(*)::int as count from part where agency is not null group by 1 order by 2 desc, 1 limit 5) x) as agencies,
         (select coalesce(json_agg(x), '[]') from (select area as code, count(*)::int as count from part where area is not null group by 1 order by 2 desc, 1 limit 5) x) as areas`,
      [matter],
    );
    return row ?? { causes: [], agencies: [], areas: [] };
  }
}

export interface Figure {
  readonly code: string;
  readonly count: number;
}
