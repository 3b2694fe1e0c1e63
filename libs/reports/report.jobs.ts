import { Inject, Injectable } from '@nestjs/common';
import type { JobHandler } from '#jobs';
import type { Tx } from '#pg';
import { REPORT_REQUESTED, ReportRunner } from './report.runner.ts';
import { ReportSchedule } from './report.schedule.ts';

/** What a worker does about reports: those that were asked for, and those that fall due. */
@Injectable()
export class ReportJobs {
  /** To be worked beside other files. */
  readonly files: Readonly<Record<string, JobHandler>> = {
    [REPORT_REQUESTED]: ({ institutionId = '', reportId = '' }, { isLast }) => this.runner.run(institutionId, reportId, isLast),
  };

  constructor(
    @Inject(ReportRunner) private readonly runner: ReportRunner,
    @Inject(ReportSchedule) private readonly schedule: ReportSchedule,
  ) {}

  /** Has the reports made that fall due; to be asked every so often. */
  async runDue(): Promise<void> {
    await this.schedule.run();
  }

  /** Has unfinished reports that nobody works on any more woken; for the sweep. */
  wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    return this.runner.wakeAbandoned(tx, staleAfterMs);
  }
}
