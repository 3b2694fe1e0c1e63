import type { Tx } from '#pg';
import type { ReportScope } from '#reports';

export const COUNTS = ['received', 'onTime', 'late', 'overdue', 'open', 'ended'] as const;

export type MonthRow = { readonly month: string } & Readonly<Record<(typeof COUNTS)[number], number>>;

/** Figures that the report on timeliness has as well, counted by one statement. */
export class StatisticsStore {
  /** By the local month of receipt. What is past its time is late before the sweep has written so into the column. */
  months(tx: Tx, { institutionId, from, until, now, timeZone }: ReportScope): Promise<MonthRow[]> {
    return tx.query<MonthRow>(
      `with received as (
         select to_char(received_at at time zone $5, 'YYYY-MM') as month, state, closed_at is not null as closed,
           closed_at is null and state <> 'paused' and due_at <= $4 as overdue
         from complaint where institution_id = $1 and received_at >= $2 and received_at < $3
       )
       select month, count(*)::float8 as received,
         (count(*) filter (where state = 'met' and not overdue))::float8 as "onTime",
         (count(*) filter (where state = 'missed' or overdue))::float8 as late,
         (count(*) filter (where not closed and overdue))::float8 as overdue,
         (count(*) filter (where not closed and not overdue and state not in ('met', 'missed', 'withdrawn', 'declined', 'merged')))::float8 as open,
         (count(*) filter (where state in ('withdrawn', 'declined', 'merged') and not overdue))::float8 as ended
       from received group by month order by month`,
      [institutionId, from, until, now, timeZone],
    );
  }
}
