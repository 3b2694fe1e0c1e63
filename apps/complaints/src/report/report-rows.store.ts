import { Injectable } from '@nestjs/common';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { daysBetween, throughCursor, type ReportScope } from '#reports';
import { bucketOf, type ComplaintRow } from './rows.ts';

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
}

const COMPLAINTS = `
  select number, time_zone as "timeZone", received_at as "receivedAt", channel, category, against_agency_id as "agencyId", state, due_on as "dueOn", due_at as "dueAt",
    decided_at as "decidedAt", told_at as "toldAt", closed_at as "closedAt"
  from complaint where institution_id = $1 and received_at >= $2 and received_at < $3 order by received_at, id`;

function toRow(raw: RawComplaint, now: Date): ComplaintRow {
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

  /** Those that received anything in the time. */
  async institutions(tx: Tx, from: Date, until: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'select distinct institution_id as id from complaint where received_at >= $1 and received_at < $2 order by id',
      [from, until],
    );
    return rows.map(({ id }) => id);
  }
}
