import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** A job over the open clocks of a country, and how far it has come. */
export interface RunRecord {
  readonly calendarYear: string;
  readonly institutionId: string;
  readonly country: string;
  readonly year: number;
  readonly version: number;
  readonly afterId: string | null;
}

/** What a batch came to. */
export interface BatchCounts {
  readonly examined: number;
  readonly touched: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly conflicting: number;
}

@Injectable()
export class CalendarRunStore {
  /** For whoever goes on alone until the transaction ends; null when it is done, or someone is at it. */
  async take(tx: Tx, calendarYear: string): Promise<RunRecord | null> {
    const [row] = await tx.query<RunRecord>(
      `select r.calendar_year as "calendarYear", r.institution_id as "institutionId", y.country, y.year, y.version, r.after_id as "afterId"
       from calendar_run r join calendar_year y on y.id = r.calendar_year where r.calendar_year = $1 and r.finished_at is null for update of r skip locked`,
      [calendarYear],
    );
    return row ?? null;
  }

  async advance(tx: Tx, calendarYear: string, afterId: string | null, counts: BatchCounts, now: Date, isLast: boolean): Promise<void> {
    const { examined, touched, changed, unchanged, conflicting } = counts;
    await tx.query(
      `update calendar_run set after_id = $2, examined = examined + $3, touched = touched + $4, changed = changed + $5, unchanged = unchanged + $6,
         conflicting = conflicting + $7, advanced_at = $8, finished_at = case when $9 then $8::timestamptz end where calendar_year = $1`,
      [calendarYear, afterId, examined, touched, changed, unchanged, conflicting, now, isLast],
    );
  }

  /** Those that nobody has gone on with for so long, which count as gone on with now. */
  async abandoned(tx: Tx, staleAfterMs: number): Promise<{ institutionId: string; calendarYear: string }[]> {
    return tx.query(
      `update calendar_run set advanced_at = clock_timestamp() where finished_at is null and advanced_at < clock_timestamp() - $1 * interval '1 millisecond'
       returning institution_id as "institutionId", calendar_year as "calendarYear"`,
      [staleAfterMs],
    );
  }
}
