import { Inject, Injectable } from '@nestjs/common';
import type { Clockwork, JobHandler } from '#jobs';
import type { Tx } from '#pg';
import { DeliveryRunner, REPORT_DELIVERY } from './delivery/delivery.runner.ts';
import { REPORT_REQUESTED, ReportRunner } from './report.runner.ts';
import { REPORTS_DUE, ReportSchedule } from './report.schedule.ts';
import { ScheduleRunner } from './schedule/schedule.runner.ts';

/** The job that looks what is to be delivered. */
const DELIVERIES_DUE = 'report-deliveries.due';

interface Every {
  readonly reportsEveryMs: number;
  readonly reportDeliveriesEveryMs: number;
}

/** What a worker does about reports: those that were asked for, those that fall due, and those that are to be delivered. */
@Injectable()
export class ReportJobs {
  /** To be worked beside other files. */
  readonly files: Readonly<Record<string, JobHandler>> = {
    [REPORT_REQUESTED]: ({ institutionId = '', reportId = '' }, { isLast }) => this.runner.run(institutionId, reportId, isLast),
    [REPORT_DELIVERY]: ({ institutionId = '', deliveryId = '' }) => this.deliveries.run(institutionId, deliveryId),
  };

  constructor(
    @Inject(ReportRunner) private readonly runner: ReportRunner,
    @Inject(ReportSchedule) private readonly schedule: ReportSchedule,
    @Inject(ScheduleRunner) private readonly schedules: ScheduleRunner,
    @Inject(DeliveryRunner) private readonly deliveries: DeliveryRunner,
  ) {}

  /** What is looked for every so often. */
  clockwork({ reportsEveryMs, reportDeliveriesEveryMs }: Every): Clockwork[] {
    return [
      { name: REPORTS_DUE, everyMs: reportsEveryMs, run: () => this.runDue() },
      { name: DELIVERIES_DUE, everyMs: reportDeliveriesEveryMs, run: async () => void (await this.deliveries.runDue()) },
    ];
  }

  /** Has the reports made that fall due. */
  async runDue(): Promise<void> {
    await this.schedules.run();
    await this.schedule.run();
  }

  /** Has unfinished reports that nobody works on any more woken; for the sweep. */
  wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    return this.runner.wakeAbandoned(tx, staleAfterMs);
  }
}
