import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';
import { COMPLAINT_COLUMNS } from './complaint.columns.ts';
import type { ComplaintState, DueBucket } from './complaint.dto.ts';
import type { ComplaintRecord } from './complaint.record.ts';

export interface ComplaintFilter {
  readonly institutionId: string;
  readonly now: Date;
  readonly dueBucket: DueBucket | null;
  readonly state: ComplaintState | null;
  /** Null: anybody's and nobody's. */
  readonly handler: { readonly subject: string | null } | null;
  readonly category: string | null;
  readonly channel: string | null;
  readonly agencyId: string | null;
  readonly externalRef: string | null;
  readonly account: string | null;
  readonly number: string | null;
  readonly tag: string | null;
  /** The code of a unit: its people are the handlers, and those of the units below it. */
  readonly unit: string | null;
}

/** Where a page goes on: open ones come before closed ones, each in order of due_at, id. */
export interface ListPosition {
  readonly closed: boolean;
  readonly dueAt: string;
  readonly id: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
// A bucket is a matter of local dates; how far those may lie from now, so that the index on due_at finds them (days have up to 26 hours).
const BUCKET_RANGE: Readonly<Partial<Record<DueBucket, readonly [fromMs: number | null, toMs: number | null]>>> = {
  overdue: [null, 0],
  today: [0, DAY_MS + 2 * HOUR_MS],
  'within-3': [0, 4 * DAY_MS + 2 * HOUR_MS],
  'within-7': [4 * DAY_MS - 26 * HOUR_MS, 8 * DAY_MS + 2 * HOUR_MS],
  later: [8 * DAY_MS - 26 * HOUR_MS, null],
};

/** In which bucket the row `c` is at $2. */
const BUCKET = `case when c.closed_at is not null then 'closed' when c.state = 'paused' then 'paused' when c.due_at <= $2 then 'overdue'
  when c.due_on <= ($2 at time zone c.time_zone)::date then 'today' when c.due_on <= ($2 at time zone c.time_zone)::date + 3 then 'within-3'
  when c.due_on <= ($2 at time zone c.time_zone)::date + 7 then 'within-7' else 'later' end`;

const SHOWN_STATE = `case when c.closed_at is null and c.state <> 'paused' and c.due_at <= $2 then 'missed' else c.state end`;

const WHERE = `
  c.institution_id = $1 and ($3::text is null or ${BUCKET} = $3) and ($4::text is null or ${SHOWN_STATE} = $4)
  and (not $5::boolean or c.handler is not distinct from $6) and ($7::text is null or c.category = $7) and ($8::text is null or c.channel = $8)
  and ($9::text is null or c.against_agency_id = $9) and ($10::text is null or c.external_ref = $10)
  and ($11::timestamptz is null or c.due_at > $11) and ($12::timestamptz is null or c.due_at <= $12)
  and ($13::text is null or c.account = $13) and ($14::text is null or c.number = $14)
  and ($15::text is null or exists (select from complaint_tag t where t.complaint = c.id and t.tag = $15))
  and ($16::text is null or c.handler in (select m.subject from desk_member m where m.institution_id = $1 and m.unit in (
    with recursive below as (select u.id from desk_unit u where u.institution_id = $1 and u.code = $16 union select u.id from desk_unit u join below b on u.parent = b.id)
    select id from below)))`;
const FILTER_VALUES = 16;
/** A value behind those of the filter, the first being 1. */
const more = (place: number): string => `$${FILTER_VALUES + place}`;

function valuesOf(filter: ComplaintFilter): unknown[] {
  const { institutionId, now, dueBucket, state, handler, category, channel, agencyId, externalRef, account, number, tag, unit } = filter;
  const [fromMs, toMs] = (dueBucket && BUCKET_RANGE[dueBucket]) ?? [null, null];
  const at = (ms: number | null): Date | null => (ms === null ? null : new Date(now.getTime() + ms));
  const filters = [state, handler !== null, handler?.subject ?? null, category, channel, agencyId, externalRef];
  return [institutionId, now, dueBucket, ...filters, at(fromMs), at(toMs), account, number, tag, unit];
}

@Injectable()
export class ComplaintListStore {
  /** Open ones in order of due_at and id, then closed ones; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: ComplaintFilter, after: ListPosition | null, limit: number): Promise<ComplaintRecord[]> {
    const wanted = limit + 1;
    // What names one complaint, or those of one account, has an index of its own and little to sort.
    const isFewAnyway = [filter.externalRef, filter.account, filter.number].some((given) => given !== null);
    if (!isFewAnyway) await alongIndex(tx);
    const open = filter.dueBucket === 'closed' || after?.closed ? [] : await this.part(tx, filter, 'is null', after, wanted);
    const onlyOpen = filter.dueBucket !== null && filter.dueBucket !== 'closed';
    if (onlyOpen || open.length === wanted) return open;
    return [...open, ...(await this.part(tx, filter, 'is not null', after?.closed ? after : null, wanted - open.length))];
  }

  async countByBucket(tx: Tx, filter: ComplaintFilter): Promise<{ dueBucket: DueBucket; count: number }[]> {
    return tx.query(`select ${BUCKET} as "dueBucket", count(*)::int as count from complaint c where ${WHERE} group by 1`, valuesOf(filter));
  }

  /** Open and not paused, by due date, from seven days before now. */
  async countByDay(tx: Tx, filter: ComplaintFilter, mostDays: number): Promise<{ dueOn: string; count: number }[]> {
    return tx.query(
      `select c.due_on as "dueOn", count(*)::int as count from complaint c
       where ${WHERE} and c.closed_at is null and c.state <> 'paused' and c.due_at > $2 - interval '8 days' and c.due_on >= ($2 at time zone c.time_zone)::date - 7
       group by 1 order by 1 limit ${more(1)}`,
      [...valuesOf(filter), mostDays],
    );
  }

  private part(
    tx: Tx,
    filter: ComplaintFilter,
    closed: 'is null' | 'is not null',
    after: ListPosition | null,
    limit: number,
  ): Promise<ComplaintRecord[]> {
    return tx.query<ComplaintRecord>(
      `select ${COMPLAINT_COLUMNS} from complaint c
       where ${WHERE} and c.closed_at ${closed} and (${more(1)}::timestamptz is null or (c.due_at, c.id) > (${more(1)}, ${more(2)}::uuid)) order by c.due_at, c.id limit ${more(3)}`,
      [...valuesOf(filter), after?.dueAt ?? null, after?.id ?? null, limit],
    );
  }
}
