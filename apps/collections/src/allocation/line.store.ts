import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { RuleContent, RunSummary } from './rule.ts';

export interface MatchedCase {
  readonly id: string;
  readonly debtorId: string;
  readonly product: string;
  readonly region: string | null;
  readonly balance: string;
  readonly agencyId: string | null;
  readonly held: boolean;
  readonly waiting: boolean;
}

export interface NewLine {
  readonly id: string;
  readonly agencyId: string | null;
  readonly stays: string | null;
  readonly balance: string;
  readonly was: string | null;
}

export interface OpenLine {
  readonly seq: number;
  readonly id: string;
  readonly agencyId: string;
  /** The case is not what it was when it was simulated. */
  readonly changed: boolean;
}

/** The lines of an allocation: one a case that its rule takes. */
@Injectable()
export class AllocationLineStore {
  /** Those that the rule takes, in the order in which they are shared out: the longest overdue first, then the largest. */
  async matched(
    tx: Tx,
    institutionId: string,
    content: RuleContent,
    at: Date,
    day: string,
    kinds: readonly string[] | null,
  ): Promise<MatchedCase[]> {
    return tx.query<MatchedCase>(
      `select c.id, d.debtor_id as "debtorId", c.product, d.region, c.balance::text as balance, c.agency_id as "agencyId",
         exists (select from hold h where h.debtor = c.debtor and h.scope::jsonb = '{}' and h.from_at <= $9 and (h.until_at is null or h.until_at > $9)
           and ($10::text[] is null or h.kind = any($10))) as held,
         exists (select from entrustment_proposal p where p.collection_case = c.id and p.state in ('awaiting-notice', 'awaiting-time')) as waiting
       from collection_case c join debtor d on d.id = c.debtor
       where c.institution_id = $1 and c.state = 'open' and c.currency = $2 and (cardinality($3::text[]) = 0 or c.product = any($3))
         and (cardinality($4::text[]) = 0 or exists (select from unnest($4::text[]) as code where starts_with(d.region, code)))
         and ($5::integer is null or c.overdue_since <= $11::date - $5) and ($6::integer is null or c.overdue_since >= $11::date - $6)
         and ($7::numeric is null or c.balance >= $7) and ($8::numeric is null or c.balance <= $8)
       order by c.overdue_since nulls last, c.balance desc, c.case_id`,
      [
        institutionId,
        content.currency,
        content.products,
        content.regions.map((code) => code.replace(/(00)+$/, '')),
        content.overdueFrom,
        content.overdueTo,
        content.balanceFrom,
        content.balanceTo,
        at,
        kinds,
        day,
      ],
    );
  }

  async add(tx: Tx, institutionId: string, allocation: string, from: number, lines: readonly NewLine[]): Promise<void> {
    await tx.query(
      `insert into allocation_line (institution_id, allocation, seq, collection_case, agency_id, stays, balance, was_agency)
       select $1, $2, $3 + place, id, agency, stays, balance, was
       from unnest($4::uuid[], $5::text[], $6::text[], $7::numeric[], $8::text[]) with ordinality as l(id, agency, stays, balance, was, place)`,
      [
        institutionId,
        allocation,
        from,
        lines.map(({ id }) => id),
        lines.map(({ agencyId }) => agencyId),
        lines.map(({ stays }) => stays),
        lines.map(({ balance }) => balance),
        lines.map(({ was }) => was),
      ],
    );
  }

  async clear(tx: Tx, allocation: string): Promise<void> {
    await tx.query('delete from allocation_line where allocation = $1', [allocation]);
  }

  async count(tx: Tx, allocation: string): Promise<{ all: number; done: number }> {
    const [row] = await tx.query<{ all: number; done: number }>(
      `select count(*)::integer as all, count(outcome)::integer as done from allocation_line where allocation = $1 and agency_id is not null`,
      [allocation],
    );
    return row ?? { all: 0, done: 0 };
  }

  /** The next that are still to be carried out; their cases are locked by the caller afterwards, who reads `changed` again. */
  async next(tx: Tx, allocation: string, limit: number): Promise<{ seq: number; id: string; agencyId: string }[]> {
    return tx.query(
      `select seq, collection_case as id, agency_id as "agencyId" from allocation_line
       where allocation = $1 and agency_id is not null and outcome is null order by seq limit $2`,
      [allocation, limit],
    );
  }

  /** Whose case is not what it was. */
  async changed(tx: Tx, allocation: string, seqs: readonly number[]): Promise<ReadonlySet<number>> {
    const rows = await tx.query<{ seq: number }>(
      `select l.seq from allocation_line l join collection_case c on c.id = l.collection_case where l.allocation = $1 and l.seq = any($2)
         and (c.balance <> l.balance or c.agency_id is distinct from l.was_agency or c.state <> 'open')`,
      [allocation, seqs],
    );
    return new Set(rows.map(({ seq }) => seq));
  }

  async settle(tx: Tx, allocation: string, outcomes: readonly { seq: number; outcome: string; detail: string | null }[]): Promise<void> {
    await tx.query(
      `update allocation_line l set outcome = r.outcome, detail = r.detail from json_to_recordset($2) as r(seq integer, outcome text, detail text)
       where l.allocation = $1 and l.seq = r.seq`,
      [allocation, JSON.stringify(outcomes)],
    );
  }

  async summary(tx: Tx, allocation: string): Promise<RunSummary> {
    const rows = await tx.query<{ outcome: string; detail: string | null; n: number }>(
      `select outcome, detail, count(*)::integer as n from allocation_line where allocation = $1 and outcome is not null group by outcome, detail order by n desc, detail`,
      [allocation],
    );
    const of = (...outcomes: string[]): number =>
      rows.filter(({ outcome }) => outcomes.includes(outcome)).reduce((all, { n }) => all + n, 0);
    const reasons = rows.flatMap(({ detail, n }) => (detail === null ? [] : [{ reason: detail, cases: n }]));
    return { entrusted: of('entrusted'), waiting: of('awaiting-notice', 'awaiting-time'), skipped: of('skipped'), reasons };
  }

  /** Notes that all debtors whose cases wait by this allocation were told. */
  async noteNotices(tx: Tx, allocation: string, toldAt: Date, noticeHours: number): Promise<number> {
    const rows = await tx.query(
      `update entrustment_proposal set notice_at = $2, ready_at = $2::timestamptz + make_interval(hours => $3), state = 'awaiting-time'
       where allocation = $1 and state = 'awaiting-notice' returning id`,
      [allocation, toldAt, noticeHours],
    );
    return rows.length;
  }
}
