import { Injectable } from '@nestjs/common';
import type { ClockEvent, Matter } from '#clock-rules';
import { alongIndex, type Tx } from '#pg';
import type { DueColumns } from '../complaint/complaint.record.ts';

/** An open complaint: its ledger, and the columns that say what follows from it. */
export interface OpenLedger extends DueColumns {
  readonly id: string;
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

/** How far a night's check has come. */
export interface Progress {
  readonly afterId: string | null;
  readonly checked: number;
  readonly corrected: number;
}

// One statement, so that columns and ledger are of one moment.
const OPEN = `
  select c.id, c.institution_id as "institutionId", c.pack, (select r.matter from complaint_rule r where r.complaint = c.id) as matter, c.time_zone as "timeZone", c.received_at as "receivedAt", c.state, c.term_id as "termId", c.day0::text as day0,
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
export class DueCheckStore {
  /** Begins the check of a night, if nobody has. */
  async begin(tx: Tx, night: string, now: Date): Promise<void> {
    await tx.query('insert into due_check (night, started_at) values ($1, $2) on conflict do nothing', [night, now]);
  }

  /** How far the check has come, for whoever goes on alone until the transaction ends; null when it is done, or someone is at it. */
  async take(tx: Tx, night: string): Promise<Progress | null> {
    const [row] = await tx.query<Progress>(
      `select after_id as "afterId", checked::int, corrected::int from due_check where night = $1 and finished_at is null for update skip locked`,
      [night],
    );
    return row ?? null;
  }

  async advance(tx: Tx, night: string, { afterId, checked, corrected }: Progress, finishedAt: Date | null): Promise<void> {
    await tx.query('update due_check set after_id = $2, checked = $3, corrected = $4, finished_at = $5 where night = $1', [
      night,
      afterId,
      checked,
      corrected,
      finishedAt,
    ]);
  }

  /** Open complaints in order of id. */
  async openAfter(tx: Tx, afterId: string | null, limit: number): Promise<OpenLedger[]> {
    const batch = `${OPEN} where c.closed_at is null and c.id > $1 order by c.id limit $2`;
    const [, rows] = await Promise.all([alongIndex(tx), tx.query<Row>(batch, [afterId ?? '00000000-0000-0000-0000-000000000000', limit])]);
    return rows.map(toOpenLedger);
  }

  /** Those that are still open, and nobody changes them until the transaction ends. */
  async lockOpen(tx: Tx, ids: readonly string[]): Promise<OpenLedger[]> {
    // Locked first, looked at then: a statement that waits for a lock sees the ledger as it was before.
    await tx.query('select from complaint where id = any($1) order by id for update', [ids]);
    const rows = await tx.query<Row>(`${OPEN} where c.closed_at is null and c.id = any($1) order by c.id`, [ids]);
    return rows.map(toOpenLedger);
  }
}
