import { Injectable } from '@nestjs/common';
import type { ClockEvent, Matter } from '#clock-rules';
import { alongIndex, type Tx } from '#pg';
import { FALLBACK_PACK } from '../pack-rule/choosing.ts';
import type { DueColumns } from './complaint.record.ts';

/** An open complaint: its ledger, and the columns that say what follows from it. */
export interface OpenLedger extends DueColumns {
  readonly id: string;
  readonly number: string;
  readonly institutionId: string;
  readonly pack: string;
  readonly matter: Matter | null;
  readonly timeZone: string;
  readonly receivedAt: Date;
  readonly ledgerVersion: number;
  readonly wakeAt: Date | null;
  /** What `next_wake` makes of the columns. */
  readonly nextWakeAt: Date | null;
  /** Accepted ones, in the order in which they happened. */
  readonly events: readonly ClockEvent[];
}

/** Which clocks a change of the calendar may move. */
export interface Meeting {
  readonly institutionId: string;
  readonly packs: readonly string[];
  readonly days: readonly string[];
}

// The index leaves out the pack that most complaints are under, as long as no term of it asks a calendar.
const meeting = ({ packs }: Meeting): string => `
  c.pack = any($1) ${packs.includes(FALLBACK_PACK) ? '' : `and c.pack <> '${FALLBACK_PACK}'`} and c.institution_id = $2 and c.closed_at is null and c.decided_at is null
  and exists (select from unnest($3::date[]) as d(day) where d.day > (c.received_at at time zone c.time_zone)::date and d.day <= c.due_on)`;
const NONE = '00000000-0000-0000-0000-000000000000';

// One statement, so that columns and ledger are of one moment.
const OPEN = `
  select c.id, c.number, c.institution_id as "institutionId", c.pack, (select r.matter from complaint_rule r where r.complaint = c.id) as matter, c.time_zone as "timeZone", c.received_at as "receivedAt", c.state, c.term_id as "termId", c.day0::text as day0,
    c.due_on::text as "dueOn", c.due_at as "dueAt", c.provisional, c.decided_at as "decidedAt", c.told_at as "toldAt", c.closed_at as "closedAt", c.ledger_version as "ledgerVersion",
    c.wake_at as "wakeAt", next_wake(c.id, c.state, c.closed_at, c.due_on, c.due_at, c.time_zone, c.due_set_at) as "nextWakeAt",
    coalesce((select json_agg(json_build_object('type', e.type, 'at', e.at, 'facts', e.data) order by e.at, e.seq) from clock_event e where e.complaint = c.id), '[]') as ledger
  from complaint c`;

type Row = Omit<OpenLedger, 'events'> & {
  readonly ledger: readonly (Pick<ClockEvent, 'type' | 'at'> & { readonly facts: object })[];
};

// PostgreSQL writes instants in JSON with microseconds and its own offset; the rules get them as the ledger gives them everywhere.
const toOpenLedger = ({ ledger, ...row }: Row): OpenLedger => ({
  ...row,
  events: ledger.map(({ type, at, facts }) => ({ ...facts, type, at: new Date(at).toISOString() })),
});

@Injectable()
export class OpenLedgerStore {
  /** Open complaints in order of id. */
  async openAfter(tx: Tx, afterId: string | null, limit: number): Promise<OpenLedger[]> {
    const batch = `${OPEN} where c.closed_at is null and c.id > $1 order by c.id limit $2`;
    const [, rows] = await Promise.all([alongIndex(tx), tx.query<Row>(batch, [afterId ?? NONE, limit])]);
    return rows.map(toOpenLedger);
  }

  /** Those that are not decided and whose term from the receipt to its last day meets one of the days, in order of id. */
  async meeting(tx: Tx, given: Meeting, afterId: string | null, limit: number): Promise<OpenLedger[]> {
    const { packs, days, institutionId } = given;
    const batch = `${OPEN} where ${meeting(given)} and c.id > $4 order by c.id limit $5`;
    const [, rows] = await Promise.all([alongIndex(tx), tx.query<Row>(batch, [packs, institutionId, days, afterId ?? NONE, limit])]);
    return rows.map(toOpenLedger);
  }

  async countMeeting(tx: Tx, given: Meeting): Promise<number> {
    const { packs, days, institutionId } = given;
    const count = `select count(*)::int as n from complaint c where ${meeting(given)}`;
    const [, [row]] = await Promise.all([alongIndex(tx), tx.query<{ n: number }>(count, [packs, institutionId, days])]);
    return row?.n ?? 0;
  }

  /** Those that are still open, and nobody changes them until the transaction ends. */
  async lockOpen(tx: Tx, ids: readonly string[]): Promise<OpenLedger[]> {
    // Locked first, looked at then: a statement that waits for a lock sees the ledger as it was before.
    await tx.query('select from complaint where id = any($1) order by id for update', [ids]);
    const rows = await tx.query<Row>(`${OPEN} where c.closed_at is null and c.id = any($1) order by c.id`, [ids]);
    return rows.map(toOpenLedger);
  }
}
