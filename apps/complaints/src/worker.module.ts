import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EventDesk, resendEvents, type Consumed } from '#events';
import { forgetKeys } from '#idempotency';
import { IMPORT_REQUESTED, ImportRunner } from '#imports';
import type { JobHandler, Queues } from '#jobs';
import { forgetSent, Relay } from '#outbox';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { REPORT_REQUESTED, ReportJobs, REPORTS_DUE } from '#reports';
import { CONFIG, GroundModule, LOGGER, QUEUES } from '#service';
import type { Logger } from '#telemetry';
import { UploadService } from '#uploads';
import type { ComplaintsConfig } from './config.ts';
import { DeadlineModule } from './deadline/deadline.module.ts';
import { MILESTONE_QUEUE } from './deadline/deadline.worker.ts';
import { MILESTONE_FIRED } from './deadline/milestone.ts';
import { COLLECTION_HOLD, HOLD_CHANGED, readAskedHold, readHoldResult, type HoldRequest } from './hold/hold.events.ts';
import { HoldModule } from './hold/hold.module.ts';
import { HoldService } from './hold/hold.service.ts';
import { importModule } from './import/import.module.ts';
import { reportModule } from './report/report.module.ts';
import { uploadModule } from './uploads.ts';

const FILES = 'complaints-files';
const CLOCKWORK = 'complaints-clockwork';
// What other services tell us, and what they answer.
const EVENTS = 'complaints-events';
const COLLECTIONS_EVENTS = 'collections-events';
const SWEEP = 'sweep';

/** The rooms that have work. */
@Injectable()
export class Work {
  constructor(
    @Inject(ImportRunner) readonly imports: ImportRunner,
    @Inject(ReportJobs) readonly reports: ReportJobs,
    @Inject(UploadService) readonly uploads: UploadService,
    @Inject(HoldService) readonly holds: HoldService,
  ) {}
}

/** Jobs of the complaints service but for those that time brings (see deadline/): files, events, sweeping. The queue only wakes; what is outstanding stands in the tables. */
@Injectable()
export class ComplaintsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: Relay;
  private readonly events: EventDesk;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(Work) private readonly work: Work,
  ) {
    this.events = new EventDesk(database, queues);
    const routes = {
      [IMPORT_REQUESTED]: FILES,
      [REPORT_REQUESTED]: FILES,
      [COLLECTION_HOLD]: COLLECTIONS_EVENTS,
      [MILESTONE_FIRED]: MILESTONE_QUEUE,
    };
    this.relay = new Relay(database, queues, routes, logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { imports, reports, holds } = this.work;
    const files: Record<string, JobHandler> = {
      [IMPORT_REQUESTED]: ({ institutionId = '', importId = '' }, { isLast }) => imports.run(institutionId, importId, isLast),
      ...reports.files,
    };
    const answers = {
      [COLLECTION_HOLD]: (tx: Tx, { institutionId, payload, result }: Consumed) =>
        holds.acknowledge(tx, institutionId, payload as HoldRequest, readHoldResult(result)),
    };
    const changed = {
      answerTo: COLLECTIONS_EVENTS,
      apply: async (tx: Tx, payload: unknown, { institutionId }: { readonly institutionId: string }) => {
        await holds.acknowledge(tx, institutionId, readAskedHold(payload), readHoldResult(payload));
        return {};
      },
    };
    await this.queues.work(FILES, files, this.config.workerConcurrency);
    await this.queues.work(EVENTS, { ...this.events.consuming({ [HOLD_CHANGED]: changed }), ...this.events.acknowledging(answers) }, 1);
    await this.queues.work(CLOCKWORK, { [SWEEP]: () => this.sweep(), [REPORTS_DUE]: () => reports.runDue() }, 1);
    await this.queues.every(CLOCKWORK, SWEEP, this.config.sweepEveryMs);
    await this.queues.every(CLOCKWORK, REPORTS_DUE, this.config.reportsEveryMs);
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }

  /** Wakes what nobody works on any more, and removes what nobody needs. */
  async sweep(): Promise<void> {
    const { imports, reports, uploads } = this.work;
    await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      await imports.wakeAbandoned(tx, this.config.staleAfterMs);
      await reports.wakeAbandoned(tx, this.config.staleAfterMs);
      await resendEvents(tx, this.config.staleAfterMs);
      await forgetSent(tx);
      await forgetKeys(tx);
    });
    await uploads.sweep();
  }
}

@Module({})
export class WorkerModule {
  static with(config: ComplaintsConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [GroundModule.with(config, 'complaints-worker'), DeadlineModule, HoldModule, importModule, reportModule, uploadModule],
      providers: [Work, ComplaintsWorker],
    };
  }
}
