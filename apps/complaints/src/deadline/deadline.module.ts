import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DeadlineJobs } from './deadline.jobs.ts';
import { DeadlineMetrics } from './deadline.metrics.ts';
import { DeadlineStore } from './deadline.store.ts';
import { DeadlineWorker } from './deadline.worker.ts';
import { DueCheckService } from './due-check.service.ts';
import { DueCheckStore } from './due-check.store.ts';

/** For the worker. */
@Module({
  imports: [ComplaintModule],
  providers: [DeadlineJobs, DeadlineStore, DeadlineWorker, DueCheckService, DueCheckStore],
})
export class DeadlineModule {}

/** For the process that answers HTTP, which is the one that is scraped. */
@Module({ providers: [DeadlineMetrics, DeadlineStore] })
export class DeadlineMetricsModule {}
