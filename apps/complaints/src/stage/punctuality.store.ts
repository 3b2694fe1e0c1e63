import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { PunctualityBy } from './stage.dto.ts';

export interface PunctualityRecord {
  readonly isTotal: boolean;
  readonly key: string | null;
  readonly inTime: number;
  readonly late: number;
  readonly openOverdue: number;
  readonly medianHours: number | null;
}

export interface PunctualityFilter {
  readonly institutionId: string;
  /** Null: everybody's. */
  readonly subject: string | null;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly now: Date;
}

const KEYS: Readonly<Record<PunctualityBy, string>> = {
  person: 'm.handler',
  unit: '(select u.code from desk_member d join desk_unit u on u.id = d.unit where d.subject = m.handler and d.institution_id = $1)',
  stage: 'm.stage',
};

@Injectable()
export class PunctualityStore {
  /** A row for each key, and one for all: what was done in the period, and what fell due in it and is open. */
  async count(tx: Tx, by: PunctualityBy, filter: PunctualityFilter): Promise<PunctualityRecord[]> {
    return tx.query<PunctualityRecord>(
      `with span as (select $3::date::timestamp at time zone $5 as since, ($4::date + 1)::timestamp at time zone $5 as before),
       entry as (
         select e.stage, e.entered_at, coalesce(e.done_at, c.decided_at, c.closed_at) as done_at, coalesce(e.handler, c.handler) as handler, c.state,
           coalesce(e.due_at, stage_due(e.base_due_at, e.term_due_on, c.due_on, c.due_at)) as due_at
         from stage_entry e join complaint c on c.id = e.complaint where e.institution_id = $1),
       m as (
         select n.* from entry n, span where ($2::text is null or n.handler = $2)
           and ((n.done_at >= span.since and n.done_at < span.before) or (n.done_at is null and n.state <> 'paused' and n.due_at < $6 and n.due_at >= span.since and n.due_at < span.before))),
       keyed as (select m.*, ${KEYS[by]} as key from m)
       select grouping(key) = 1 as "isTotal", key, count(*) filter (where done_at <= due_at)::int as "inTime", count(*) filter (where done_at > due_at)::int as late,
         count(*) filter (where done_at is null)::int as "openOverdue",
         percentile_cont(0.5) within group (order by extract(epoch from done_at - entered_at) / 3600) filter (where done_at is not null) as "medianHours"
       from keyed group by grouping sets ((key), ())
       order by count(*) filter (where done_at is null or done_at > due_at) desc, count(*) desc, key`,
      [filter.institutionId, filter.subject, filter.from, filter.to, filter.zone, filter.now],
    );
  }
}
