import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { integer } from '#config';
import { claimDay } from '#jobs';
import { enqueue } from '#outbox';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { monthBefore } from './period.ts';
import { REPORT_KINDS, type ReportKinds } from './report-kind.ts';
import { FORMATS } from './report.dto.ts';
import { REPORT_REQUESTED } from './report.runner.ts';
import { ReportStore } from './report.store.ts';
import { instantsOf, ZONE } from './scope.ts';

/** The job that looks whether a month is over. */
export const REPORTS_DUE = 'reports.due';

export const reportSettings = {
  reportsEveryMs: integer('REPORTS_EVERY_MS', {
    group: 'queue',
    description: 'How often it is looked whether the reports of the month before are still to be made, in milliseconds',
    fallback: 600_000,
    min: 100,
  }),
  reportDeliveriesEveryMs: integer('REPORT_DELIVERIES_EVERY_MS', {
    group: 'queue',
    description: 'How often it is looked whether a signed report is to be tried again at its target, in milliseconds',
    fallback: 30_000,
    min: 100,
  }),
};

/**
 * The reports of a month are made when it is over, for every institution that has something to report of and no schedule of its own. The row in the
 * table makes it once.
 */
@Injectable()
export class ReportSchedule {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReportStore) private readonly store: ReportStore,
    @Inject(REPORT_KINDS) private readonly kinds: ReportKinds,
  ) {}

  /**
   * Has what is due made; returns how many reports that are. Any number of workers may ask at once, and one of them looks, once a day: on the first
   * of a month for all, later for those whose data came late.
   */
  async run(): Promise<number> {
    let due = 0;
    for (const [name, kind] of this.kinds) {
      due += await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
        const today = await claimDay(tx, `${REPORTS_DUE} ${name}`, this.clock.override, { hour: 0, zone: ZONE });
        if (today === null) return 0;
        const period = monthBefore(today);
        const { from, until } = instantsOf(period);
        const created = await this.store.schedule(tx, name, period, FORMATS, await kind.institutions(tx, from, until));
        for (const { id, institutionId } of created) await enqueue(tx, institutionId, REPORT_REQUESTED, { reportId: id });
        return created.length;
      });
    }
    return due;
  }
}
