import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobHandler, Queues } from '#jobs';
import { enqueue, Relay } from '#outbox';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import type { Logger } from '#telemetry';
import { GroundModule, LOGGER, QUEUES } from './app.module.ts';
import { CONFIG, type CollectionsConfig } from './config.ts';
import { ContactJobs } from './contact/contact.jobs.ts';
import { ContactModule } from './contact/contact.module.ts';
import { ImportModule } from './import/import.module.ts';
import { ImportRunner } from './import/import.runner.ts';
import { IMPORT_REQUESTED } from './import/import.service.ts';
import { ImportStore } from './import/import.store.ts';
import { LookbackModule } from './lookback/lookback.module.ts';
import { LookbackRunner } from './lookback/lookback.runner.ts';
import { LOOKBACK_REQUESTED } from './lookback/lookback.topic.ts';
import { LookbackStore } from './lookback/lookback.store.ts';
import { UploadModule } from './upload/upload.module.ts';
import { UploadService } from './upload/upload.service.ts';

const FILES = 'collections-files';
const CLOCKWORK = 'collections-clockwork';
const LAPSE = 'permits.lapse';
const SWEEP = 'sweep';

/** Where work stands that nobody may have woken. */
@Injectable()
export class Outstanding {
  constructor(
    @Inject(ImportStore) readonly imports: ImportStore,
    @Inject(LookbackStore) readonly lookbacks: LookbackStore,
    @Inject(UploadService) readonly uploads: UploadService,
  ) {}
}

/** The rooms that have work. */
@Injectable()
export class Work {
  constructor(
    @Inject(ContactJobs) readonly contacts: ContactJobs,
    @Inject(ImportRunner) readonly imports: ImportRunner,
    @Inject(LookbackRunner) readonly lookbacks: LookbackRunner,
    @Inject(Outstanding) readonly outstanding: Outstanding,
  ) {}
}

/** Jobs of the collections service: files, lapses, sweeping. The queue only wakes; what is outstanding stands in the tables. */
@Injectable()
export class CollectionsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: Relay;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(Work) private readonly work: Work,
  ) {
    this.relay = new Relay(database, queues, { [IMPORT_REQUESTED]: FILES, [LOOKBACK_REQUESTED]: FILES }, logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { contacts, imports, lookbacks } = this.work;
    const files: Record<string, JobHandler> = {
      [IMPORT_REQUESTED]: ({ institutionId = '', importId = '' }, { isLast }) => imports.run(institutionId, importId, isLast),
      [LOOKBACK_REQUESTED]: ({ institutionId = '', lookbackId = '' }, { isLast }) => lookbacks.run(institutionId, lookbackId, isLast),
    };
    await this.queues.work(FILES, files, this.config.workerConcurrency);
    await this.queues.work(CLOCKWORK, { [LAPSE]: async () => void (await contacts.lapsePermits()), [SWEEP]: () => this.sweep() }, 1);
    await this.queues.every(CLOCKWORK, LAPSE, this.config.lapseEveryMs);
    await this.queues.every(CLOCKWORK, SWEEP, this.config.sweepEveryMs);
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }

  /** Wakes what nobody works on any more, and removes what nobody needs: sent outbox rows and keys after 7 days, files of finished work. */
  async sweep(): Promise<void> {
    const { imports, lookbacks, uploads } = this.work.outstanding;
    await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      for (const { id, institutionId } of await imports.takeAbandoned(tx, this.config.staleAfterMs))
        await enqueue(tx, institutionId, IMPORT_REQUESTED, { importId: id });
      for (const { id, institutionId } of await lookbacks.takeAbandoned(tx, this.config.staleAfterMs))
        await enqueue(tx, institutionId, LOOKBACK_REQUESTED, { lookbackId: id });
      await tx.query(`delete from outbox where sent_at < clock_timestamp() - interval '7 days'`);
      await tx.query(`delete from idempotency where created_at < clock_timestamp() - interval '7 days'`);
    });
    await uploads.sweep();
  }
}

@Module({})
export class WorkerModule {
  static with(config: CollectionsConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [GroundModule.with(config, 'collections-worker'), ContactModule, ImportModule, LookbackModule, UploadModule],
      providers: [Outstanding, Work, CollectionsWorker],
    };
  }
}
