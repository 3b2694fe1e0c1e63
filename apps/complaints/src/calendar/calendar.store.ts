import { Injectable } from '@nestjs/common';
import type { CalendarYear } from '#clock-rules';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { VersionState } from './calendar.states.ts';

export interface DraftOf extends CalendarYear {
  readonly country: string;
  /** Where the days are published. */
  readonly source: string;
  /** What is different, and why. */
  readonly note: string;
}

export interface VersionRecord extends DraftOf {
  readonly id: string;
  readonly institutionId: string;
  readonly version: number | null;
  readonly revision: number;
  readonly state: VersionState;
  readonly draftedBy: readonly string[];
  readonly draftedAt: Date;
  readonly proposedBy: string | null;
  readonly proposedAt: Date | null;
  readonly returnedBy: string | null;
  readonly returnReason: string | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
}

const SELECT = `select id, institution_id as "institutionId", country, year, version, revision, days_off as "daysOff", make_up_days as "makeUpDays", source, note, state,
  drafted_by as "draftedBy", drafted_at as "draftedAt", proposed_by as "proposedBy", proposed_at as "proposedAt", returned_by as "returnedBy", return_reason as "returnReason",
  settled_by as "settledBy", settled_at as "settledAt" from calendar_version`;

@Injectable()
export class CalendarStore {
  /** Null while a version of the year is open. */
  async draft(tx: Tx, institutionId: string, one: DraftOf, by: string, now: Date): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into calendar_version (institution_id, country, year, days_off, make_up_days, source, note, drafted_by, drafted_at)
       values ($1, $2, $3, $4, $5, $6, $7, array[$8], $9)
       on conflict (country, year, institution_id) where state in ('draft', 'proposed') do nothing returning id`,
      [institutionId, one.country, one.year, JSON.stringify(one.daysOff), JSON.stringify(one.makeUpDays), one.source, one.note, by, now],
    );
    return row?.id ?? null;
  }

  async change(tx: Tx, id: string, one: Omit<DraftOf, 'country' | 'year'>, by: string, now: Date): Promise<void> {
    await tx.query(
      `update calendar_version set days_off = $2, make_up_days = $3, source = $4, note = $5, revision = revision + 1, drafted_at = $7,
         drafted_by = case when $6 = any(drafted_by) then drafted_by else drafted_by || $6::text end where id = $1`,
      [id, JSON.stringify(one.daysOff), JSON.stringify(one.makeUpDays), one.source, one.note, by, now],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<VersionRecord | null> {
    const [row] = await tx.query<VersionRecord>(`${SELECT} where institution_id = $1 and id = $2`, [institutionId, id]);
    return row ?? null;
  }

  /** Versions of a year, or of all years of all countries, the newest first. */
  async list(tx: Tx, institutionId: string, of: { readonly country: string; readonly year: number } | null): Promise<VersionRecord[]> {
    return tx.query<VersionRecord>(
      `${SELECT} where institution_id = $1 and ($2::text is null or (country = $2 and year = $3)) and ($2::text is not null or state in ('draft', 'proposed'))
       order by id desc limit 500`,
      [institutionId, of?.country ?? null, of?.year ?? null],
    );
  }

  async propose(tx: Tx, id: string, by: string, now: Date): Promise<void> {
    await tx.query(
      `update calendar_version set state = 'proposed', proposed_by = $2, proposed_at = $3, returned_by = null, return_reason = null where id = $1`,
      [id, by, now],
    );
  }

  async giveBack(tx: Tx, id: string, by: string, reason: string): Promise<void> {
    await tx.query(
      `update calendar_version set state = 'draft', returned_by = $2, return_reason = $3, proposed_by = null, proposed_at = null where id = $1`,
      [id, by, reason],
    );
  }

  async cancel(tx: Tx, id: string, by: string, now: Date): Promise<void> {
    await tx.query(`update calendar_version set state = 'cancelled', settled_by = $2, settled_at = $3 where id = $1`, [id, by, now]);
  }

  /** The next version of its year. */
  async publish(tx: Tx, record: VersionRecord, by: string, now: Date): Promise<void> {
    const { id, institutionId, country, year, daysOff, makeUpDays, source, draftedBy, proposedBy } = record;
    const [published] = await tx.query<{ version: number }>(
      `update calendar_version set state = 'published', settled_by = $2, settled_at = $3,
         version = (select coalesce(max(k.version), 0) + 1 from calendar_version k where k.country = $5 and k.year = $6 and k.institution_id = $4) where id = $1 returning version`,
      [id, by, now, institutionId, country, year],
    );
    // A version after the first is a correction.
    const body = { calendarId: id, country, year, version: published?.version ?? null, daysOff, makeUpDays, source, draftedBy, proposedBy };
    await append(tx, institutionId, [{ kind: 'calendar-published', actor: by, body }]);
  }
}
