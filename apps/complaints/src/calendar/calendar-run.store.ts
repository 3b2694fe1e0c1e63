import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { Move, MoveCounts } from './moves.ts';

export type RunPhase = 'clocks' | 'stages' | 'done';

/** The job of a publication, and how far it has come. */
export interface RunRecord extends MoveCounts {
  readonly calendar: string;
  readonly institutionId: string;
  readonly country: string;
  readonly year: number;
  readonly version: number;
  readonly days: readonly string[];
  readonly phase: RunPhase;
  readonly afterId: string | null;
  readonly total: number;
  readonly examined: number;
  readonly stages: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

interface AppliedRow extends MoveCounts {
  readonly institutionId: string;
  readonly examined: number;
  readonly stages: number;
}

/** What a batch came to. */
export interface BatchOf extends MoveCounts {
  readonly afterId: string | null;
  readonly phase: RunPhase;
  readonly examined: number;
  readonly stages: number;
}

export interface MoveRecord {
  readonly complaintId: string;
  readonly number: string;
  readonly dueBefore: string;
  readonly dueAfter: string;
  readonly overdue: boolean;
  readonly conflicts: number;
  readonly movedAt: Date;
  readonly timeZone: string;
}

const SELECT = `select r.calendar, r.institution_id as "institutionId", y.country, y.year, y.version, r.days::text[] as days, r.phase, r.after_id as "afterId", r.total, r.examined, r.earlier, r.later,
  r.settled, r.overdue, r.conflicting, r.stages, r.created_at as "createdAt", r.finished_at as "finishedAt" from calendar_run r join calendar_version y on y.id = r.calendar`;

@Injectable()
export class CalendarRunStore {
  async begin(tx: Tx, institutionId: string, calendar: string, days: readonly string[], total: number, now: Date): Promise<void> {
    await tx.query(
      `insert into calendar_run (calendar, institution_id, days, total, created_at, advanced_at) values ($1, $2, $3, $4, $5, $5)`,
      [calendar, institutionId, days, total, now],
    );
  }

  async list(tx: Tx, institutionId: string, calendars: readonly string[]): Promise<RunRecord[]> {
    return tx.query<RunRecord>(`${SELECT} where r.institution_id = $1 and r.calendar = any($2)`, [institutionId, calendars]);
  }

  /** For whoever goes on alone until the transaction ends; null when it is done, or someone is at it. */
  async take(tx: Tx, institutionId: string, calendar: string): Promise<RunRecord | null> {
    const [row] = await tx.query<RunRecord>(
      `${SELECT} where r.institution_id = $1 and r.calendar = $2 and r.finished_at is null for update of r skip locked`,
      [institutionId, calendar],
    );
    return row ?? null;
  }

  async advance(tx: Tx, calendar: string, batch: BatchOf, now: Date): Promise<void> {
    const [run] = await tx.query<AppliedRow>(
      `update calendar_run set after_id = $2, phase = $3, examined = examined + $4, earlier = earlier + $5, later = later + $6, settled = settled + $7, overdue = overdue + $8,
         conflicting = conflicting + $9, stages = stages + $10, advanced_at = $11, finished_at = case when $3 = 'done' then $11::timestamptz end where calendar = $1
       returning institution_id as "institutionId", examined, earlier, later, settled, overdue, conflicting, stages`,
      [
        calendar,
        batch.afterId,
        batch.phase,
        batch.examined,
        batch.earlier,
        batch.later,
        batch.settled,
        batch.overdue,
        batch.conflicting,
        batch.stages,
        now,
      ],
    );
    if (batch.phase !== 'done' || !run) return;
    const { institutionId, ...moved } = run;
    await append(tx, institutionId, [{ kind: 'calendar-applied', actor: 'system', body: { calendarId: calendar, ...moved } }]);
  }

  async addMoves(tx: Tx, { calendar, institutionId }: RunRecord, moves: readonly Move[], now: Date): Promise<void> {
    const rows = moves.map(({ clock, due, overdue, conflicts }) => ({
      complaint: clock.id,
      before: clock.dueOn,
      after: due.dueOn,
      overdue,
      conflicts: conflicts.length,
    }));
    await tx.query(
      `insert into calendar_move (calendar, complaint, institution_id, due_before, due_after, overdue, conflicts, moved_at)
       select $1, complaint, $2, before, after, overdue, conflicts, $4 from json_to_recordset($3) as r(complaint uuid, before date, after date, overdue boolean, conflicts integer)`,
      [calendar, institutionId, JSON.stringify(rows), now],
    );
  }

  /** In order of the complaints' ids; one more than the limit, if there are so many. */
  async moves(tx: Tx, institutionId: string, calendar: string, after: string | null, limit: number): Promise<MoveRecord[]> {
    return tx.query<MoveRecord>(
      `select m.complaint as "complaintId", c.number, m.due_before as "dueBefore", m.due_after as "dueAfter", m.overdue, m.conflicts, m.moved_at as "movedAt", c.time_zone as "timeZone"
       from calendar_move m join complaint c on c.id = m.complaint
       where m.institution_id = $1 and m.calendar = $2 and ($3::uuid is null or m.complaint > $3) order by m.complaint limit $4`,
      [institutionId, calendar, after, limit + 1],
    );
  }

  /** Those that nobody has gone on with for so long, which count as gone on with now. */
  async abandoned(tx: Tx, staleAfterMs: number): Promise<{ readonly institutionId: string; readonly calendar: string }[]> {
    return tx.query(
      `update calendar_run set advanced_at = clock_timestamp() where finished_at is null and advanced_at < clock_timestamp() - $1 * interval '1 millisecond'
       returning institution_id as "institutionId", calendar`,
      [staleAfterMs],
    );
  }
}
