import { Injectable } from '@nestjs/common';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { daysBetween, throughCursor, type ReportScope } from '#reports';
import { OUR_CODES, type Dimension } from '../code-table/codes.ts';
import type { CodeNames } from './by-class.ts';
import { bucketOf, timingOf, type ComplaintRow } from './rows.ts';

interface RawComplaint {
  readonly number: string;
  readonly timeZone: string;
  readonly receivedAt: Date;
  readonly channel: string;
  readonly category: string | null;
  readonly agencyId: string | null;
  readonly state: string;
  readonly dueOn: string;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly toldAt: Date | null;
  readonly closedAt: Date | null;
  readonly area: string | null;
  readonly cause: string | null;
  readonly business: string | null;
  readonly classChannel: string | null;
  readonly codeVersion: number | null;
}

interface Entry {
  readonly dimension: Dimension;
  readonly code: string;
  readonly parent: string | null;
  readonly zh: string;
  readonly en: string;
}

// Deeper than any table goes.
const MOST_ABOVE = 10;

const COMPLAINTS = `
  select c.number, c.time_zone as "timeZone", c.received_at as "receivedAt", c.channel, c.category, c.against_agency_id as "agencyId", c.state, c.due_on as "dueOn", c.due_at as "dueAt",
    c.decided_at as "decidedAt", c.told_at as "toldAt", c.closed_at as "closedAt", k.area, k.cause_code as cause, k.business_code as business, k.channel_code as "classChannel",
    k.table_version as "codeVersion"
  from complaint c left join classification k on k.complaint = c.id and k.confirmed_at is not null where c.institution_id = $1 and c.received_at >= $2 and c.received_at < $3 order by c.received_at, c.id`;

function toRow(raw: RawComplaint, now: Date): ComplaintRow {
  const { area, cause, business, classChannel, codeVersion } = raw;
  const { number, receivedAt, channel, category, agencyId, dueOn, dueAt, decidedAt, toldAt, closedAt } = raw;
  const zone = Zone.of(raw.timeZone);
  const day = (instant: Date): string => zone.format(instant.getTime()).slice(0, 10);
  const receivedOn = day(receivedAt);
  const answered = closedAt !== null && decidedAt !== null && toldAt !== null && (raw.state === 'met' || raw.state === 'missed');
  const days = answered ? daysBetween(receivedOn, day(decidedAt > toldAt ? decidedAt : toldAt)) : null;
  // The sweep writes it into the column; what is overdue is so before.
  const overdue = closedAt === null && raw.state !== 'paused' && dueAt <= now;
  const state = overdue ? 'missed' : raw.state;
  return {
    number,
    receivedOn,
    channel,
    category,
    agencyId,
    state,
    dueOn,
    decidedOn: decidedAt && day(decidedAt),
    toldOn: toldAt && day(toldAt),
    days,
    bucket: bucketOf({ state, closed: closedAt !== null, overdue, days }),
    area,
    cause,
    business,
    classChannel,
    codeVersion,
    timing: timingOf(state),
  };
}

/** What a report reads, in one snapshot, in an order that does not change. */
@Injectable()
export class ReportRowsStore {
  async count(tx: Tx, { institutionId, from, until }: ReportScope): Promise<number> {
    const [row] = await tx.query<{ rows: number }>(
      'select count(*)::float8 as rows from complaint where institution_id = $1 and received_at >= $2 and received_at < $3',
      [institutionId, from, until],
    );
    return row?.rows ?? 0;
  }

  async *complaints(tx: Tx, { institutionId, from, until, now }: ReportScope): AsyncGenerator<ComplaintRow[]> {
    for await (const batch of throughCursor<RawComplaint>(tx, COMPLAINTS, [institutionId, from, until]))
      yield batch.map((raw) => toRow(raw, now));
  }

  /** The newest words for every code that was ever in force, `above › own`; those of the product where the institution has none. */
  async codeNames(tx: Tx, { institutionId }: ReportScope): Promise<CodeNames> {
    const rows = await tx.query<Entry>(
      `select distinct on (e.dimension, e.code) e.dimension, e.code, e.parent, e.zh, e.en from code_entry e
       join code_table t on t.version = e.version and t.institution_id = e.institution_id
       where e.institution_id = $1 and t.state = 'published' order by e.dimension, e.code, e.version desc`,
      [institutionId],
    );
    const known = new Map([...OUR_CODES, ...rows].map((entry) => [`${entry.dimension} ${entry.code}`, entry]));
    return (dimension, code) => {
      const path: Entry[] = [];
      let entry: Entry | undefined = known.get(`${dimension} ${code}`);
      while (entry && path.length < MOST_ABOVE) {
        path.unshift(entry);
        entry = entry.parent === null ? undefined : known.get(`${dimension} ${entry.parent}`);
      }
      if (path.length === 0) return null;
      return { zh: path.map(({ zh }) => zh).join(' › '), en: path.map(({ en }) => en).join(' › ') };
    };
  }

  /** Those that received anything in the time. */
  async institutions(tx: Tx, from: Date, until: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'select distinct institution_id as id from complaint where received_at >= $1 and received_at < $2 order by id',
      [from, until],
    );
    return rows.map(({ id }) => id);
  }
}
