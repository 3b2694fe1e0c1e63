import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { FileHeads } from './dossier.events.ts';

export const DOSSIER_STATES = ['waiting', 'reading', 'kept', 'no-case', 'no-account'] as const;
export type DossierState = (typeof DOSSIER_STATES)[number];

export interface DossierRecord {
  readonly complaintId: string;
  readonly account: string | null;
  readonly fromAt: Date;
  readonly state: DossierState;
  readonly stateSince: Date;
  readonly problem: string | null;
  readonly version: number;
  readonly toldAt: Date | null;
  readonly answeredAt: Date | null;
  readonly tries: number;
  readonly nextReadAt: Date | null;
  readonly place: { readonly at: number; readonly id: string } | null;
  readonly debtorId: string | null;
  readonly caseIds: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly readAt: Date | null;
  readonly openedBy: string;
  readonly openedAt: Date;
}

/** A complaint of which collections is to be told. */
export interface StaleComplaint {
  readonly id: string;
  readonly institutionId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const COLUMNS = `d.complaint as "complaintId", d.account, d.from_at as "fromAt", d.state, d.state_since as "stateSince", d.problem, d.version, d.told_at as "toldAt",
  d.answered_at as "answeredAt", d.tries, d.next_read_at as "nextReadAt", d.place, d.debtor_id as "debtorId", d.case_ids as "caseIds", d.counts, d.read_at as "readAt",
  d.opened_by as "openedBy", d.opened_at as "openedAt"`;

// The whole of what is told, from the complaint and its ledger. A later decision takes the place of an earlier one.
const TOLD = `json_build_object('complaintId', c.id, 'version', d.version, 'number', c.number, 'account', coalesce(d.account, c.account), 'agencyId', c.against_agency_id,
  'collectorId', c.against_collector_id, 'receivedAt', c.received_at, 'from', d.from_at, 'closedAt', c.closed_at, 'decidedAt', c.decided_at,
  'outcome', case when c.decided_at is not null then (select e.data->>'outcome' from clock_event e where e.complaint = c.id and e.type = 'decided' order by e.at desc, e.seq desc limit 1) end,
  'withdrawnAt', case when c.state = 'withdrawn' then c.closed_at end, 'declinedAt', case when c.state = 'declined' then c.closed_at end)`;

@Injectable()
export class DossierStore {
  async find(tx: Tx, institutionId: string, complaintId: string, lock = false): Promise<DossierRecord | null> {
    const [row] = await tx.query<DossierRecord>(
      `select ${COLUMNS} from dossier d where d.institution_id = $1 and d.complaint = $2 ${lock ? 'for update' : ''}`,
      [institutionId, complaintId],
    );
    return row ?? null;
  }

  /** Nobody else changes the complaint until the transaction ends. */
  async lockComplaint(tx: Tx, complaintId: string): Promise<void> {
    await tx.query('select id from complaint where id = $1 for no key update', [complaintId]);
  }

  /** Takes complaints of which collections is to be told, of every institution: theirs are the complaint's lock and a new version. */
  async takeStale(tx: Tx, now: Date | null, limit: number): Promise<StaleComplaint[]> {
    // The complaint first, as everyone who changes one.
    const locked = await tx.query<{ id: string }>(
      `select c.id from complaint c where c.id in (select complaint from dossier where stale order by complaint limit $1) order by c.id for no key update skip locked`,
      [limit],
    );
    if (locked.length === 0) return [];
    return tx.query<StaleComplaint>(
      `with d as (
         update dossier set stale = false, version = version + 1, told_at = coalesce($2, clock_timestamp()), answered_at = null where complaint = any($1) and stale returning *
       )
       select c.id, c.institution_id as "institutionId", ${TOLD} as payload from d join complaint c on c.id = d.complaint order by c.id`,
      [locked.map(({ id }) => id), now],
    );
  }

  /** Takes what collections answered to the newest of what it was told. Whether it was that. */
  async answer(tx: Tx, institutionId: string, complaintId: string, version: number, heads: FileHeads, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `update dossier set answered_at = $4, debtor_id = coalesce($5, debtor_id), case_ids = case when cardinality($6::text[]) > 0 then $6 else case_ids end,
         counts = case when $7::json::text <> '{}' then $7 else counts end
       where institution_id = $1 and complaint = $2 and version = $3 returning complaint`,
      [institutionId, complaintId, version, at, heads.debtorId, heads.caseIds, JSON.stringify(heads.counts)],
    );
    return rows.length > 0;
  }

  async setState(tx: Tx, complaintId: string, state: DossierState, at: Date, problem: string | null = null): Promise<void> {
    await tx.query(
      `update dossier set state = $2, problem = $4, state_since = case when state = $2 then state_since else $3 end where complaint = $1`,
      [complaintId, state, at, problem],
    );
  }

  /** Null: not again. */
  async readNext(tx: Tx, complaintId: string, at: Date | null): Promise<void> {
    await tx.query('update dossier set next_read_at = $2 where complaint = $1', [complaintId, at]);
  }

  async keepPlace(tx: Tx, complaintId: string, place: DossierRecord['place']): Promise<void> {
    await tx.query('update dossier set place = $2 where complaint = $1', [complaintId, place && JSON.stringify(place)]);
  }

  async noteWhole(tx: Tx, complaintId: string, at: Date): Promise<void> {
    await tx.query('update dossier set read_at = $2, place = null, tries = 0, problem = null where complaint = $1', [complaintId, at]);
  }

  async noteFailure(tx: Tx, complaintId: string): Promise<number> {
    const [row] = await tx.query<{ tries: number }>('update dossier set tries = tries + 1 where complaint = $1 returning tries', [
      complaintId,
    ]);
    return row?.tries ?? 1;
  }

  /** Makes reads for what is due to be read and is not being read, of every institution. */
  async due(tx: Tx, now: Date | null, limit: number): Promise<{ readonly id: string; readonly institutionId: string }[]> {
    return tx.query(
      `with due as (
         select complaint, institution_id from dossier d where next_read_at <= coalesce($1, clock_timestamp())
           and not exists (select from dossier_read r where r.complaint = d.complaint and r.state in ('queued', 'running'))
         order by next_read_at limit $2 for no key update skip locked
       ), taken as (update dossier d set next_read_at = null from due where d.complaint = due.complaint)
       insert into dossier_read (institution_id, complaint, requested_by) select institution_id, complaint, 'system' from due returning id, institution_id as "institutionId"`,
      [now, limit],
    );
  }

  async complaintOf(tx: Tx, readId: string): Promise<string | null> {
    const [row] = await tx.query<{ complaint: string }>('select complaint from dossier_read where id = $1', [readId]);
    return row?.complaint ?? null;
  }

  /** Whether it is open, and when it was closed. */
  async closedAt(tx: Tx, complaintId: string): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date | null }>('select closed_at as at from complaint where id = $1', [complaintId]);
    return row?.at ?? null;
  }

  async lastRead(
    tx: Tx,
    complaintId: string,
  ): Promise<{ readonly state: string; readonly progress: { readonly done: number; readonly total: number | null } | null } | null> {
    const [row] = await tx.query<{ state: string; progress: { done: number; total: number | null } | null }>(
      'select state, progress from dossier_read where complaint = $1 order by id desc limit 1',
      [complaintId],
    );
    return row ?? null;
  }

  /** Has it told again, with another account; the read begins anew. */
  async choose(tx: Tx, complaintId: string, account: string, fromAt: Date | null, at: Date): Promise<void> {
    await tx.query(
      `update dossier set account = $2, from_at = coalesce($3, from_at), stale = true, state = 'waiting', state_since = $4, problem = null, place = null, tries = 0, next_read_at = null
       where complaint = $1`,
      [complaintId, account, fromAt, at],
    );
  }
}
