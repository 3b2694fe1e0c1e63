import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { enqueue } from '#outbox';
import { databaseNow, EVERY_INSTITUTION, inTransaction } from '#pg';
import { REPORT_REQUESTED } from '../report.runner.ts';
import { owedAt, runAt } from './schedule.periods.ts';
import { ScheduleStore } from './schedule.store.ts';

const BATCH = 100;

/** Orders what the schedules of institutions owe. */
@Injectable()
export class ScheduleRunner {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ScheduleStore) private readonly store: ScheduleStore,
  ) {}

  /** Returns how many reports were ordered. Any number of workers may ask at once; periods that nobody looked at are made up for, each once. */
  async run(): Promise<number> {
    let ordered = 0;
    for (;;) {
      const { looked, made } = await this.batch();
      ordered += made;
      if (looked < BATCH) return ordered;
    }
  }

  private batch(): Promise<{ looked: number; made: number }> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const now = this.clock.override ?? (await databaseNow(tx));
      const schedules = await this.store.due(tx, now, BATCH);
      let made = 0;
      for (const schedule of schedules) {
        const { id, institutionId, frequency, delayDays, timeZone, nextFrom, nextTo } = schedule;
        const { due, next } = owedAt(frequency, { from: nextFrom, to: nextTo }, delayDays, timeZone, now);
        const reports = await this.store.order(tx, schedule, due);
        for (const reportId of reports) await enqueue(tx, institutionId, REPORT_REQUESTED, { reportId });
        await this.store.advance(tx, id, next, runAt(next, delayDays, timeZone));
        made += reports.length;
      }
      return { looked: schedules.length, made };
    });
  }
}
