import { Injectable } from '@nestjs/common';
import type { CalendarYear } from '#clock-rules';
import type { Tx } from '#pg';
import type { YearState } from './calendar.dto.ts';

export interface NewYear extends CalendarYear {
  readonly country: string;
  readonly source: string;
  readonly reasonSealed: Buffer;
  readonly proposedBy: string;
}

/** A version of a year, proposed or settled, with what its job came to. */
export interface YearRecord extends NewYear {
  readonly id: string;
  readonly institutionId: string;
  readonly version: number | null;
  readonly state: YearState;
  readonly proposedAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly run: RunCounts | null;
}

export interface RunCounts {
  readonly examined: number;
  readonly touched: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly conflicting: number;
  /** ISO 8601; null: not done. */
  readonly finishedAt: string | null;
}

const COLUMNS = `y.id, y.institution_id as "institutionId", y.country, y.year, y.version, y.days_off as "daysOff", y.make_up_days as "makeUpDays", y.source,
  y.reason_sealed as "reasonSealed", y.state, y.proposed_by as "proposedBy", y.proposed_at as "proposedAt", y.settled_by as "settledBy", y.settled_at as "settledAt",
  (select json_build_object('examined', r.examined, 'touched', r.touched, 'changed', r.changed, 'unchanged', r.unchanged, 'conflicting', r.conflicting,
     'finishedAt', r.finished_at) from calendar_run r where r.calendar_year = y.id) as run`;

@Injectable()
export class CalendarStore {
  /** Null while another version of the year waits. */
  async propose(tx: Tx, institutionId: string, one: NewYear, now: Date): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into calendar_year (institution_id, country, year, days_off, make_up_days, source, reason_sealed, proposed_by, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
      [
        institutionId,
        one.country,
        one.year,
        JSON.stringify(one.daysOff),
        JSON.stringify(one.makeUpDays),
        one.source,
        one.reasonSealed,
        one.proposedBy,
        now,
      ],
    );
    return row?.id ?? null;
  }

  /** Versions of a year, the newest first; of all years of the country for null. */
  async list(tx: Tx, institutionId: string, country: string, year: number | null): Promise<YearRecord[]> {
    return tx.query<YearRecord>(
      `select ${COLUMNS} from calendar_year y where y.institution_id = $1 and y.country = $2 and ($3::int is null or y.year = $3) order by y.id desc limit 500`,
      [institutionId, country, year],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<YearRecord | null> {
    const [row] = await tx.query<YearRecord>(`select ${COLUMNS} from calendar_year y where y.institution_id = $1 and y.id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }

  /** The same, and nobody else settles it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<YearRecord | null> {
    await tx.query('select from calendar_year where institution_id = $1 and id = $2 for update', [institutionId, id]);
    return this.find(tx, institutionId, id);
  }

  async settle(tx: Tx, id: string, state: YearState, by: string, now: Date): Promise<void> {
    await tx.query(`update calendar_year set state = $2, settled_by = $3, settled_at = $4 where id = $1`, [id, state, by, now]);
  }

  /** Under the lock of who publishes: the next version of its year, with the job that it asks for. */
  async publish(tx: Tx, id: string, by: string, now: Date): Promise<void> {
    await tx.query(
      `update calendar_year y set state = 'published', settled_by = $2, settled_at = $3,
         version = (select coalesce(max(k.version), 0) + 1 from calendar_year k where k.country = y.country and k.year = y.year and k.institution_id = y.institution_id)
       where y.id = $1`,
      [id, by, now],
    );
    await tx.query(
      `insert into calendar_run (calendar_year, institution_id, created_at, advanced_at) select id, institution_id, $2, $2 from calendar_year where id = $1`,
      [id, now],
    );
  }
}
