import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EventDesk, resendEvents } from '#events';
import { forgetKeys } from '#idempotency';
import { IMPORT_REQUESTED, ImportRunner } from '#imports';
import type { JobHandler, Queues } from '#jobs';
import { forgetSent, Relay } from '#outbox';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { REPORT_REQUESTED, ReportJobs, REPORTS_DUE } from '#reports';
import { CONFIG, GroundModule, LOGGER, QUEUES } from '#service';
import type { Logger } from '#telemetry';
import { UploadService } from '#uploads';
import type { CollectionsConfig } from './config.ts';
import { ContactJobs } from './contact/contact.jobs.ts';
import { ContactModule } from './contact/contact.module.ts';
import { COLLECTION_HOLD, HOLD_CHANGED } from './hold/hold.events.ts';
import { HoldModule } from './hold/hold.module.ts';
import { HoldService } from './hold/hold.service.ts';
import { importModule } from './import/import.module.ts';
import { Judging } from './judging.ts';
import { LookbackModule } from './lookback/lookback.module.ts';
import { ReconciliationModule } from './reconciliation/reconciliation.module.ts';
import { reportModule } from './report/report.module.ts';
import { ScreeningModule } from './screening/screening.module.ts';
import { SimulationModule } from './simulation/simulation.module.ts';
import { uploadModule } from './uploads.ts';

const FILES = 'collections-files';
const CLOCKWORK = 'collections-clockwork';
// What other services tell us, and what they answer.
const EVENTS = 'collections-events';
const COMPLAINTS_EVENTS = 'complaints-events';
const LAPSE = 'permits.lapse';
const SWEEP = 'sweep';

/** What keeps the gate right: permits that lapse, holds that complaints ask for. */
@Injectable()
export class GateWork {
  constructor(
    @Inject(ContactJobs) readonly contacts: ContactJobs,
    @Inject(HoldService) readonly holds: HoldService,
  ) {}
}

/** The rooms that have work. */
@Injectable()
export class Work {
  constructor(
    @Inject(GateWork) readonly gate: GateWork,
    @Inject(ImportRunner) readonly imports: ImportRunner,
    @Inject(Judging) readonly judging: Judging,
    @Inject(ReportJobs) readonly reports: ReportJobs,
    @Inject(UploadService) readonly uploads: UploadService,
  ) {}
}

/** Jobs of the collections service: files, lapses, sweeping. The queue only wakes; what is outstanding stands in the tables. */
@Injectable()
export class CollectionsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: Relay;
  private readonly events: EventDesk;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(Work) private readonly work: Work,
  ) {
    this.events = new EventDesk(database, queues);
    const files = [IMPORT_REQUESTED, REPORT_REQUESTED, ...Judging.topics].map((topic) => [topic, FILES]);
    this.relay = new Relay(database, queues, { ...Object.fromEntries(files), [HOLD_CHANGED]: COMPLAINTS_EVENTS }, logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { gate, imports, judging, reports } = this.work;
    const files: Record<string, JobHandler> = {
      [IMPORT_REQUESTED]: ({ institutionId = '', importId = '' }, { isLast }) => imports.run(institutionId, importId, isLast),
      ...judging.handlers,
      ...reports.files,
    };
    await this.queues.work(FILES, files, this.config.workerConcurrency);
    const asked = {
      answerTo: COMPLAINTS_EVENTS,
      apply: (tx: Tx, payload: unknown, { institutionId }: { readonly institutionId: string }) =>
        gate.holds.apply(tx, institutionId, payload),
    };
    await this.queues.work(EVENTS, { ...this.events.consuming({ [COLLECTION_HOLD]: asked }), ...this.events.acknowledging() }, 1);
    const clockwork: Record<string, JobHandler> = {
      [LAPSE]: async () => void (await gate.contacts.lapsePermits()),
      [SWEEP]: () => this.sweep(),
      ...reports.clockwork,
    };
    await this.queues.work(CLOCKWORK, clockwork, 1);
    await this.queues.every(CLOCKWORK, LAPSE, this.config.lapseEveryMs);
    await this.queues.every(CLOCKWORK, SWEEP, this.config.sweepEveryMs);
    await this.queues.every(CLOCKWORK, REPORTS_DUE, this.config.reportsEveryMs);
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }

  /** Wakes what nobody works on any more, and removes what nobody needs: sent outbox rows and keys after 7 days, files of finished work. */
  async sweep(): Promise<void> {
    const { gate, imports, judging, reports, uploads } = this.work;
    await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      await imports.wakeAbandoned(tx, this.config.staleAfterMs);
      await judging.wakeAbandoned(tx, this.config.staleAfterMs);
      await gate.holds.setWaiting(tx);
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
  static with(config: CollectionsConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        GroundModule.with(config, 'collections-worker'),
        ContactModule,
        HoldModule,
        importModule,
        LookbackModule,
        ReconciliationModule,
        ScreeningModule,
        SimulationModule,
        reportModule,
        uploadModule,
      ],
      providers: [GateWork, Judging, Work, CollectionsWorker],
    };
  }
}
