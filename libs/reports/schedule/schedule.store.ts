import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { Period } from '../period.ts';
import type { Audience, Format, Language } from '../report.dto.ts';
import type { Frequency } from './schedule.periods.ts';

export interface ScheduleOrder {
  readonly kind: string;
  readonly frequency: Frequency;
  readonly audience: Audience;
  readonly language: Language;
  readonly formats: readonly Format[];
  readonly timeZone: string;
  readonly delayDays: number;
}

export interface ScheduleRecord extends ScheduleOrder {
  readonly id: string;
  readonly institutionId: string;
  readonly nextFrom: string;
  readonly nextTo: string;
  readonly nextRunAt: Date;
  readonly pausedAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** What a change leaves behind. */
export interface ScheduleChange extends Pick<ScheduleOrder, 'language' | 'formats' | 'timeZone' | 'delayDays'> {
  readonly next: Period;
  readonly nextRunAt: Date;
  readonly pausedAt: Date | null;
  readonly by: string;
  readonly now: Date;
}

const COLUMNS = `id, institution_id as "institutionId", kind, frequency, audience, language, formats, time_zone as "timeZone", delay_days as "delayDays",
  next_from as "nextFrom", next_to as "nextTo", next_run_at as "nextRunAt", paused_at as "pausedAt", created_by as "createdBy", created_at as "createdAt",
  changed_by as "changedBy", changed_at as "changedAt"`;

@Injectable()
export class ScheduleStore {
  /** Null: there is one for this kind, frequency and audience. */
  async insert(
    tx: Tx,
    institutionId: string,
    order: ScheduleOrder,
    next: Period,
    { runAt, by, now }: { runAt: Date; by: string; now: Date },
  ): Promise<ScheduleRecord | null> {
    const { kind, frequency, audience, language, formats, timeZone, delayDays } = order;
    const [row] = await tx.query<ScheduleRecord>(
      `insert into report_schedule (institution_id, kind, frequency, audience, language, formats, time_zone, delay_days, next_from, next_to, next_run_at,
         created_by, created_at, changed_by, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12, $13)
       on conflict (institution_id, kind, frequency, audience) where ended_at is null do nothing returning ${COLUMNS}`,
      [institutionId, kind, frequency, audience, language, formats, timeZone, delayDays, next.from, next.to, runAt, by, now],
    );
    if (!row) return null;
    await this.record(tx, row, 'added', by);
    return row;
  }

  async find(tx: Tx, institutionId: string, id: string, hold = false): Promise<ScheduleRecord | null> {
    const [row] = await tx.query<ScheduleRecord>(
      `select ${COLUMNS} from report_schedule where institution_id = $1 and id = $2 and ended_at is null ${hold ? 'for update' : ''}`,
      [institutionId, id],
    );
    return row ?? null;
  }

  async list(tx: Tx, institutionId: string, before: string | null, limit: number): Promise<ScheduleRecord[]> {
    return tx.query(
      `select ${COLUMNS} from report_schedule where institution_id = $1 and ended_at is null and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [institutionId, before, limit],
    );
  }

  async change(tx: Tx, id: string, change: ScheduleChange): Promise<void> {
    const { language, formats, timeZone, delayDays, next, nextRunAt, pausedAt, by, now } = change;
    const [row] = await tx.query<ScheduleRecord>(
      `update report_schedule set language = $2, formats = $3, time_zone = $4, delay_days = $5, next_from = $6, next_to = $7, next_run_at = $8,
         paused_at = $9, changed_by = $10, changed_at = $11 where id = $1 returning ${COLUMNS}`,
      [id, language, formats, timeZone, delayDays, next.from, next.to, nextRunAt, pausedAt, by, now],
    );
    if (row) await this.record(tx, row, 'changed', by);
  }

  async end(tx: Tx, id: string, by: string, now: Date): Promise<void> {
    const [row] = await tx.query<ScheduleRecord>(
      `update report_schedule set ended_at = $3, changed_by = $2, changed_at = $3 where id = $1 returning ${COLUMNS}`,
      [id, by, now],
    );
    if (row) await this.record(tx, row, 'ended', by);
  }

  private async record(tx: Tx, record: ScheduleRecord, change: 'added' | 'changed' | 'ended', by: string): Promise<void> {
    const { id, institutionId, kind, frequency, audience, language, formats, timeZone, delayDays, nextFrom, nextTo, pausedAt } = record;
    const body = { scheduleId: id, change, kind, frequency, audience, language, formats, timeZone, delayDays, nextFrom, nextTo, pausedAt };
    await append(tx, institutionId, [{ kind: 'report-schedule', actor: by, body }]);
  }

  /** Those that owe something, of all institutions; each to one of any number of workers. */
  async due(tx: Tx, now: Date, limit: number): Promise<ScheduleRecord[]> {
    return tx.query(
      `select ${COLUMNS} from report_schedule where next_run_at <= $1 and ended_at is null and paused_at is null order by id limit $2 for update skip locked`,
      [now, limit],
    );
  }

  /** Orders a report for each period that has none yet; returns their ids. */
  async order(tx: Tx, schedule: ScheduleRecord, periods: readonly Period[]): Promise<string[]> {
    const { id, institutionId, kind, formats, audience, language, timeZone } = schedule;
    const rows = await tx.query<{ id: string }>(
      `insert into report (institution_id, kind, period_from, period_to, formats, origin, requested_by, audience, language, time_zone, schedule)
       select $1, $2, f, t, $3, 'schedule', 'schedule', $4, $5, $6, $7 from unnest($8::date[], $9::date[]) as p(f, t) order by f
       on conflict (kind, period_from, period_to, audience, institution_id) where origin = 'schedule' do nothing returning id`,
      [institutionId, kind, formats, audience, language, timeZone, id, periods.map(({ from }) => from), periods.map(({ to }) => to)],
    );
    return rows.map((row) => row.id);
  }

  async advance(tx: Tx, id: string, next: Period, nextRunAt: Date): Promise<void> {
    await tx.query('update report_schedule set next_from = $2, next_to = $3, next_run_at = $4 where id = $1', [
      id,
      next.from,
      next.to,
      nextRunAt,
    ]);
  }
}
