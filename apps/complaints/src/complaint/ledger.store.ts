import { Injectable } from '@nestjs/common';
import type { ClockEvent } from '#clock-rules';
import type { Tx } from '#pg';
import type { DueColumns } from './complaint.record.ts';

/** An accepted event of the ledger of a complaint. */
export interface LedgerEvent {
  readonly complaintId: string;
  readonly seq: number;
  readonly event: ClockEvent;
  /** What the rules do not look at, such as the outcome of a decision. */
  readonly more: Readonly<Record<string, unknown>>;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  /** JSON of what people wrote. */
  readonly noteSealed: Buffer | null;
}

/** What follows from the ledger of a complaint. */
export interface DueOf extends DueColumns {
  readonly id: string;
  readonly ledgerVersion: number;
}

interface Row {
  readonly type: ClockEvent['type'];
  readonly at: Date;
  readonly data: Omit<ClockEvent, 'type' | 'at'>;
}

@Injectable()
export class LedgerStore {
  /** The accepted events in the order in which they happened. */
  async events(tx: Tx, complaintId: string): Promise<ClockEvent[]> {
    const rows = await tx.query<Row>(`select type, at, data from clock_event where complaint = $1 order by at, seq`, [complaintId]);
    return rows.map(({ type, at, data }) => ({ ...data, type, at: at.toISOString() }));
  }

  /** Appends events; returns their ids in order. */
  async append(tx: Tx, institutionId: string, events: readonly LedgerEvent[]): Promise<string[]> {
    if (events.length === 0) return [];
    const incoming = events.map(({ event: { type, at, ...facts }, more, ...ledger }, n) => ({
      n,
      complaint: ledger.complaintId,
      seq: ledger.seq,
      type,
      at,
      recorded_at: ledger.recordedAt,
      recorded_by: ledger.recordedBy,
      data: { ...facts, ...more },
      note: ledger.noteSealed?.toString('base64') ?? null,
    }));
    const rows = await tx.query<{ id: string; complaint: string; seq: number }>(
      `insert into clock_event (institution_id, complaint, seq, type, at, recorded_at, recorded_by, data, note_sealed)
       select $1, complaint, seq, type, at, recorded_at, recorded_by, data, decode(note, 'base64')
       from json_to_recordset($2) as r(n integer, complaint uuid, seq integer, type text, at timestamptz, recorded_at timestamptz, recorded_by text, data json, note text)
       order by n returning id, complaint, seq`,
      [institutionId, JSON.stringify(incoming)],
    );
    const ids = new Map(rows.map(({ id, complaint, seq }) => [`${complaint} ${seq}`, id]));
    return events.map(({ complaintId, seq }) => ids.get(`${complaintId} ${seq}`) ?? '');
  }

  async moveReceipt(tx: Tx, complaintId: string, receivedAt: Date): Promise<void> {
    await tx.query('update complaint set received_at = $2 where id = $1', [complaintId, receivedAt]);
  }

  /** The same for several complaints. */
  async writeDues(tx: Tx, dues: readonly DueOf[], now: Date): Promise<void> {
    await tx.query(
      `update complaint c set state = r.state, term_id = r."termId", day0 = r.day0, due_on = r."dueOn", due_at = r."dueAt", provisional = r.provisional, decided_at = r."decidedAt",
         told_at = r."toldAt", closed_at = r."closedAt", ledger_version = r."ledgerVersion", due_set_at = n.due_set_at,
         wake_at = next_wake(c.id, r.state, r."closedAt", r."dueOn", r."dueAt", c.time_zone, n.due_set_at)
       from json_to_recordset($1) as r(id uuid, state text, "termId" text, day0 date, "dueOn" date, "dueAt" timestamptz, provisional boolean, "decidedAt" timestamptz, "toldAt" timestamptz,
           "closedAt" timestamptz, "ledgerVersion" integer)
         join complaint b on b.id = r.id
         cross join lateral (select case when b.due_at = r."dueAt" then b.due_set_at else $2 end as due_set_at) n
       where c.id = r.id`,
      [JSON.stringify(dues), now],
    );
  }

  /** Writes what follows from the ledger, and when the complaint is to be looked at next. The due date counts as set anew when it moves. */
  async writeDue(tx: Tx, complaintId: string, due: DueColumns, ledgerVersion: number, now: Date): Promise<void> {
    await tx.query(
      `update complaint c set state = $2, term_id = $3, day0 = $4, due_on = $5, due_at = $6, provisional = $7, decided_at = $8, told_at = $9, closed_at = $10,
         ledger_version = $11, due_set_at = n.due_set_at, wake_at = next_wake($1, $2, $10, $5, $6, c.time_zone, n.due_set_at)
       from (select case when due_at = $6 then due_set_at else $12 end as due_set_at from complaint where id = $1) n where c.id = $1`,
      [
        complaintId,
        due.state,
        due.termId,
        due.day0,
        due.dueOn,
        due.dueAt,
        due.provisional,
        due.decidedAt,
        due.toldAt,
        due.closedAt,
        ledgerVersion,
        now,
      ],
    );
  }
}
