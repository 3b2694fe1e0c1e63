import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { STAGES, type OrderKey } from './strategy.ts';
import type { StrategyInForce } from './strategy.store.ts';
import type { Candidate, Lease, Moment, Place, Whose, WorkRecord } from './work.records.ts';
import { ENROL, FACTS, REFRESH } from './work.sql.ts';

const FREE = '(w.leased_until is null or w.leased_until <= $5)';
const OWNED = `case $6 when 'all' then true when 'mine' then o.owner = $7 when 'pool' then o.owner is null else o.owner is null or o.owner = $7 end`;
const ENTRIES = `
  from worklist_entry e join collection_case c on c.id = e.collection_case join case_work w on w.collection_case = e.collection_case,
    lateral (select case when w.owner_agency is not distinct from c.agency_id then w.owner end as owner) o
  where e.strategy_id = $1 and e.agency = $2 and e.institution_id = $3 and c.state = 'open' and coalesce(c.agency_id, '') = e.agency and ${OWNED}
    and ($8::float8 is null or e.rank < $8 or e.rank = $8 and e.collection_case > $9::uuid)`;

@Injectable()
export class WorkStore {
  /** Of the cases, or of all: the order as it is now. Returns how many places changed. */
  async refresh(
    tx: Tx,
    institutionId: string,
    strategies: readonly StrategyInForce[],
    { now, today }: Moment,
    cases: readonly string[] | null,
  ): Promise<number> {
    await tx.query(ENROL, [institutionId, now, today, cases]);
    const [row] = await tx.query<{ put: number; gone: number }>(REFRESH, [
      institutionId,
      now,
      today,
      cases,
      JSON.stringify(strategies.map(toRow)),
    ]);
    return (row?.put ?? 0) + (row?.gone ?? 0);
  }

  async facts(tx: Tx, institutionId: string, { now, today }: Moment, cases: readonly string[]): Promise<WorkRecord[]> {
    const rows = await tx.query<WorkRecord>(FACTS, [institutionId, now, today, cases]);
    const places = new Map(cases.map((id, place) => [id, place]));
    return rows.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  }

  /** In order; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    strategyId: string,
    { institutionId, agency, whose, collector }: Whose,
    after: Place | null,
    limit: number,
  ): Promise<Place[]> {
    return tx.query<Place>(
      `select e.rank, e.collection_case as "caseUuid" ${ENTRIES} and $5::timestamptz is null and $4::text is null order by e.rank desc, e.collection_case limit $10`,
      [strategyId, agency, institutionId, null, null, whose, collector, after?.rank ?? null, after?.caseUuid ?? null, limit + 1],
    );
  }

  /** Free cases in order, with the points that a contact by the channel may go to. */
  async candidates(
    tx: Tx,
    { strategyId, restMinutes }: { readonly strategyId: string; readonly restMinutes: number },
    { institutionId, agency, whose, collector }: Whose,
    { now, pointChannels }: { readonly now: Date; readonly pointChannels: readonly string[] },
    after: Place | null,
    limit: number,
  ): Promise<Candidate[]> {
    return tx.query<Candidate>(
      `select n.*, (select coalesce(array_agg(t.id order by t.status <> 'valid', t.id), '{}') from (
           select t.id, t.status from party p join contact_point t on t.party = p.id
           where p.id = (select id from party where collection_case = n."caseUuid" and role = 'debtor' order by id limit 1) and t.channel = any($4)
           order by t.status <> 'valid', t.id limit 3) t) as points
       from (select e.rank, e.collection_case as "caseUuid", c.case_id as "caseId", w.best_from as "bestFrom", w.best_to as "bestTo",
           (select time_zone from debtor d where d.id = c.debtor) as "timeZone"
         ${ENTRIES} and ${FREE} and (w.worked_at is null or w.worked_at <= $5::timestamptz - make_interval(mins => $11)) order by e.rank desc, e.collection_case limit $10) n
       order by n.rank desc, n."caseUuid"`,
      [
        strategyId,
        agency,
        institutionId,
        pointChannels,
        now,
        whose,
        collector,
        after?.rank ?? null,
        after?.caseUuid ?? null,
        limit,
        restMinutes,
      ],
    );
  }

  /** Takes the first of the cases that nobody has; those that somebody is taking this moment are passed over. Null: all are taken. */
  async lease(
    tx: Tx,
    cases: readonly string[],
    { to, from, now, until }: { readonly to: string; readonly from: string; readonly now: Date; readonly until: Date },
  ): Promise<Lease | null> {
    const [row] = await tx.query<Lease>(
      `update case_work set lease = uuidv7(), leased_to = $2, leased_from = $3, leased_at = $4, leased_until = $5
       where collection_case = (select w.collection_case from unnest($1::uuid[]) with ordinality as n(id, place) join case_work w on w.collection_case = n.id
         where w.leased_until is null or w.leased_until <= $4 order by n.place limit 1 for update of w skip locked)
       returning lease as id, collection_case as "caseUuid", leased_until as until, leased_to as to`,
      [cases, to, from, now, until],
    );
    return row ?? null;
  }

  /** A key whose request came to nothing yet. */
  async forgetKey(tx: Tx, institutionId: string, key: string): Promise<void> {
    await tx.query('delete from idempotency where institution_id = $1 and key = $2', [institutionId, key]);
  }

  async countLeases(tx: Tx, institutionId: string, collector: string, now: Date): Promise<number> {
    // Whoever takes two at once counts them one after the other.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 9))', [institutionId, collector]);
    const [row] = await tx.query<{ count: number }>(
      'select count(*)::integer as count from case_work where leased_to = $1 and institution_id = $2 and lease is not null and leased_until > $3',
      [collector, institutionId, now],
    );
    return row?.count ?? 0;
  }

  /** Puts a case back that the collector has; false: they have it no more. It rests as one that was worked. */
  async release(tx: Tx, caseUuid: string, collector: string | null, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `update case_work set lease = null, leased_to = null, leased_at = null, leased_until = null, leased_from = null, worked_at = $3, worked_by = leased_to
       where collection_case = $1 and lease is not null and leased_until > $3 and ($2::text is null or leased_to = $2) returning 1`,
      [caseUuid, collector, now],
    );
    return rows.length > 0;
  }

  /** After a contact; whether somebody had the case, or anything was agreed. */
  async worked(
    tx: Tx,
    institutionId: string,
    work: {
      readonly caseUuid: string;
      readonly by: string;
      readonly followUpAt: Date | null;
      readonly bestTime: { readonly from: string; readonly to: string } | null;
    },
    now: Date,
  ): Promise<void> {
    const { caseUuid, by, followUpAt, bestTime } = work;
    // What was agreed before and has come is settled by this contact; what is still ahead stays, unless something else was agreed.
    await tx.query(
      `insert into case_work as w (collection_case, institution_id, worked_by, worked_at, follow_up_at, follow_up_by, best_from, best_to)
       values ($1, $2, $3, $4, $5::timestamptz, case when $5::timestamptz is not null then $3 end, $6, $7)
       on conflict (collection_case) do update set worked_by = $3, worked_at = $4, lease = null, leased_to = null, leased_at = null, leased_until = null, leased_from = null,
         follow_up_at = coalesce($5, case when w.follow_up_at > $4 then w.follow_up_at end),
         follow_up_by = case when $5::timestamptz is not null then $3 when w.follow_up_at > $4 then w.follow_up_by end, follow_up_noticed = false,
         best_from = coalesce($6, w.best_from), best_to = coalesce($7, w.best_to)`,
      [caseUuid, institutionId, by, now, followUpAt, bestTime?.from ?? null, bestTime?.to ?? null],
    );
  }

  /** Follow-ups that have come due since somebody looked; some at a time, and each once. */
  async takeDue(tx: Tx, institutionId: string, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `update case_work set follow_up_noticed = true where collection_case in (select collection_case from case_work
         where follow_up_at <= $2 and not follow_up_noticed and institution_id = $1 order by follow_up_at limit $3 for update skip locked)
       returning collection_case as id`,
      [institutionId, now, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Gives cases to a collector, or back to the pool (null); the agency that has them now comes with it. Returns their ids as given at import. */
  async assign(
    tx: Tx,
    reach: { readonly institutionId: string; readonly agencyId: string | null },
    cases: readonly string[],
    { to, by, now }: { readonly to: string | null; readonly by: string; readonly now: Date },
  ): Promise<string[]> {
    const rows = await tx.query<{ caseId: string }>(
      `with given as (select c.id, c.case_id, c.agency_id from collection_case c
         where c.institution_id = $1 and c.case_id = any($3) and ($2::text is null or c.agency_id = $2) order by c.id),
       put as (insert into case_work (collection_case, institution_id, owner, owner_agency, owned_by, owned_at)
         select id, $1, $4, agency_id, $5, case when $4::text is not null then $6::timestamptz end from given order by id
         on conflict (collection_case) do update set owner = excluded.owner, owner_agency = excluded.owner_agency, owned_by = excluded.owned_by, owned_at = excluded.owned_at
         returning collection_case)
       select g.case_id as "caseId" from given g join put on put.collection_case = g.id order by 1`,
      [reach.institutionId, reach.agencyId, cases, to, by, now],
    );
    return rows.map(({ caseId }) => caseId);
  }

  /** What a collector did since an instant. */
  async countsSince(
    tx: Tx,
    institutionId: string,
    collector: string,
    since: Date,
  ): Promise<{ contacts: number; talks: number; promises: number }> {
    const [row] = await tx.query<{ contacts: number; talks: number; promises: number }>(
      `select count(*)::integer as contacts, count(*) filter (where h.result = 'conversation')::integer as talks,
         (select count(*)::integer from promise q where q.made_by = $2 and q.made_at >= $3 and q.institution_id = $1 and q.state <> 'withdrawn') as promises
       from decision d join contact h on h.id = d.id
       where d.institution_id = $1 and d.requested_by = $2 and d.decided_at >= $3 and h.result is not null and h.result <> 'cancelled'`,
      [institutionId, collector, since],
    );
    return row ?? { contacts: 0, talks: 0, promises: 0 };
  }

  /** Cases in a collector's hands; follow-ups of theirs due by an instant; cases of theirs whose promise falls due by a day, or broke. */
  async dayOf(
    tx: Tx,
    { institutionId, agency, collector }: Whose,
    { now, today, tonight }: Moment & { readonly tonight: Date },
    limit: number,
  ): Promise<{ inHand: string[]; followUps: string[]; promises: string[] }> {
    const [row] = await tx.query<{ inHand: string[]; followUps: string[]; promises: string[] }>(
      `with own as (select w.*, c.agency_id, case when w.owner_agency is not distinct from c.agency_id then w.owner end as owned from case_work w
           join collection_case c on c.id = w.collection_case
           where w.institution_id = $1 and coalesce(c.agency_id, '') = $2 and c.state = 'open' and (w.owner = $3 or w.leased_to = $3 or w.follow_up_by = $3))
       select (select coalesce(array_agg(collection_case order by leased_at), '{}') from own where leased_to = $3 and leased_until > $4) as "inHand",
         (select coalesce(array_agg(id order by at), '{}') from (select collection_case as id, follow_up_at as at from own
            where (follow_up_by = $3 or owned = $3) and follow_up_at < $5 order by follow_up_at limit $7) f) as "followUps",
         (select coalesce(array_agg(id order by day, id), '{}') from (
            select o.collection_case as id, p.due_on as day from own o cross join lateral (select state, due_on from promise q
              where q.collection_case = o.collection_case and q.state <> 'withdrawn' order by q.due_on desc, q.id desc limit 1) p
            where o.owned = $3 and (p.state = 'broken' or p.state = 'open' and p.due_on <= $6::date) order by p.due_on limit $7) f) as promises`,
      [institutionId, agency, collector, now, tonight, today, limit],
    );
    return row ?? { inHand: [], followUps: [], promises: [] };
  }

  async noteRefresh(tx: Tx, institutionId: string, at: Date): Promise<void> {
    await tx.query(
      `insert into worklist_refresh (name, institution_id, refreshed_at) values ('all', $1, $2) on conflict (name, institution_id) do update set refreshed_at = $2`,
      [institutionId, at],
    );
  }

  async lastRefresh(tx: Tx, institutionId: string): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date }>(
      `select refreshed_at as at from worklist_refresh where name = 'all' and institution_id = $1`,
      [institutionId],
    );
    return row?.at ?? null;
  }

  /** Where there are cases to work. */
  async institutions(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select distinct institution_id as id from collection_case where state = 'open' order by 1`,
    );
    return rows.map(({ id }) => id);
  }
}

const weightOf = ({ content }: StrategyInForce, key: OrderKey): number => content.order.find((one) => one.key === key)?.weight ?? 0;

function toRow(strategy: StrategyInForce) {
  const { filter } = strategy.content;
  return {
    strategyId: strategy.strategyId,
    stages: filter.stages?.map((stage) => STAGES.indexOf(stage) + 1),
    products: filter.products,
    regions: filter.regions,
    minAmount: filter.minAmount,
    maxAmount: filter.maxAmount,
    olderThanHours: filter.lastContactOlderThanHours,
    promise: filter.promise,
    followUpDue: filter.followUpDue,
    amount: weightOf(strategy, 'amount'),
    overdue: weightOf(strategy, 'overdue'),
    sinceContact: weightOf(strategy, 'since-contact'),
    promiseDue: weightOf(strategy, 'promise-due'),
    promiseBroken: weightOf(strategy, 'promise-broken'),
    followUp: weightOf(strategy, 'follow-up'),
  };
}
