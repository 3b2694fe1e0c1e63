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
import { EvidenceWork } from '#evidence-log';
import { forgetKeys } from '#idempotency';
import { merged, ROOM_WORKS, routesTo, type Queues, type RoomWork } from '#jobs';
import { forgetSent, Relay } from '#outbox';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { CONFIG, GroundModule, LOGGER, QUEUES } from '#service';
import type { Logger } from '#telemetry';
import { SendingModule } from '#sending';
import { BadFaithModule } from './bad-faith/bad-faith.module.ts';
import { BadFaithWork } from './bad-faith/bad-faith.work.ts';
import { ClassificationModule } from './classification/classification.module.ts';
import { ClassificationWork } from './classification/classification.work.ts';
import { AftercareModule } from './aftercare/aftercare.module.ts';
import { AftercareWork } from './aftercare/aftercare.work.ts';
import { CallbackModule } from './callback/callback.module.ts';
import { CallbackWork } from './callback/callback.work.ts';
import { BulkModule } from './bulk/bulk.module.ts';
import { BulkWork } from './bulk/bulk.work.ts';
import { CalendarModule } from './calendar/calendar.module.ts';
import { CalendarWork } from './calendar/calendar.work.ts';
import type { ComplaintsConfig } from './config.ts';
import { ATTRIBUTED } from './attribution/attribution.events.ts';
import { DeadlineModule } from './deadline/deadline.module.ts';
import { MILESTONE_QUEUE } from './deadline/deadline.worker.ts';
import { MILESTONES_FIRED } from './deadline/milestone.ts';
import { MailboxModule } from './mailbox/mailbox.module.ts';
import { MailboxWork } from './mailbox/mailbox.work.ts';
import { PublicModule } from './public/public.module.ts';
import { PublicWork } from './public/public.work.ts';
import { DecisionModule } from './decision/decision.module.ts';
import { DecisionWork } from './decision/decision.work.ts';
import { TellingModule } from './telling/telling.module.ts';
import { TellingWork } from './telling/telling.work.ts';
import { FILE_KNOWN, FILE_REQUESTED, readFileRequest, readHeads } from './dossier/dossier.events.ts';
import { DossierModule } from './dossier/dossier.module.ts';
import { DossierWork } from './dossier/dossier.work.ts';
import { AssignmentModule } from './assignment/assignment.module.ts';
import { HandlingWork } from './assignment/handling.work.ts';
import { FileModule } from './file/file.module.ts';
import { ComplaintFileWork } from './file/file.work.ts';
import { DispatchModule } from './dispatch/dispatch.module.ts';
import { DispatchWork } from './dispatch/dispatch.work.ts';
import { COLLECTION_HOLD, HOLD_CHANGED, readAskedHold, readHoldResult, type HoldRequest } from './hold/hold.events.ts';
import { ForecastModule } from './forecast/forecast.module.ts';
import { ForecastWork } from './forecast/forecast.work.ts';
import { ExportModule } from './export/export.module.ts';
import { ExportWork } from './export/export.work.ts';
import { HoldModule } from './hold/hold.module.ts';
import { MajorModule } from './major/major.module.ts';
import { MajorWork } from './major/major-sweep.service.ts';
import { SurgeModule } from './surge/surge.module.ts';
import { SurgeWork } from './surge/surge.jobs.ts';
import { importModule } from './import/import.module.ts';
import { StageModule } from './stage/stage.module.ts';
import { WorkModule } from './work/work.module.ts';
import { evidenceSealing } from './evidence.ts';
import { reportModule } from './report/report.module.ts';
import { FindingModule } from './search/finding.module.ts';
import { SearchWork } from './search/search.work.ts';
import { uploadModule } from './uploads.ts';
import { FileWork, Works } from './works.ts';
import { RetentionWork } from '#retention';
import { retentionWorking } from './retention/retention.ts';

const FILES = 'complaints-files';
const PROMPT = 'complaints-prompt';
const CLOCKWORK = 'complaints-clockwork';
// What other services tell us, and what they answer.
const EVENTS = 'complaints-events';
const COLLECTIONS_EVENTS = 'collections-events';
const SWEEP = 'sweep';

/** Nobody waits behind a file. */
const PROMPT_CONCURRENCY = 4;

/** Jobs of the complaints service but for those that time brings (see deadline/): files, events, sweeping. The queue only wakes; what is outstanding stands in the tables. */
@Injectable()
export class ComplaintsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private relay: Relay | null = null;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(Works) private readonly works: Works,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { rooms } = this.works;
    const files = merged(rooms.map((room) => room.files));
    const prompt = merged(rooms.map((room) => room.prompt));
    const routes = {
      ...routesTo(FILES, files),
      ...routesTo(PROMPT, prompt),
      [COLLECTION_HOLD]: COLLECTIONS_EVENTS,
      [FILE_REQUESTED]: COLLECTIONS_EVENTS,
      [ATTRIBUTED]: COLLECTIONS_EVENTS,
      [MILESTONES_FIRED]: MILESTONE_QUEUE,
    };
    this.relay = new Relay(this.database, this.queues, routes, this.logger);
    await this.queues.work(FILES, files, this.config.workerConcurrency);
    if (Object.keys(prompt).length > 0) await this.queues.work(PROMPT, prompt, PROMPT_CONCURRENCY);
    await this.takeEvents();
    const regular = [
      ...rooms.flatMap(({ clockwork = [] }) => clockwork),
      { name: SWEEP, everyMs: this.config.sweepEveryMs, run: () => this.sweep() },
    ];
    await this.queues.work(CLOCKWORK, Object.fromEntries(regular.map((work) => [work.name, () => work.run()])), 1);
    for (const { name, everyMs } of regular) await this.queues.every(CLOCKWORK, name, everyMs);
    this.relay.start();
  }

  /** What other services tell, and what they answer. */
  private async takeEvents(): Promise<void> {
    const { holds, files } = this.works;
    const answers = {
      [COLLECTION_HOLD]: (tx: Tx, { institutionId, payload, result }: Consumed) =>
        holds.acknowledge(tx, institutionId, payload as HoldRequest, readHoldResult(result)),
      [FILE_REQUESTED]: (tx: Tx, { institutionId, payload, result }: Consumed) =>
        files.heard(tx, institutionId, readFileRequest(payload), readHeads(result)),
    };
    const changed = {
      answerTo: COLLECTIONS_EVENTS,
      apply: async (tx: Tx, payload: unknown, { institutionId }: { readonly institutionId: string }) => {
        await holds.acknowledge(tx, institutionId, readAskedHold(payload), readHoldResult(payload));
        return {};
      },
    };
    const known = {
      answerTo: COLLECTIONS_EVENTS,
      apply: async (tx: Tx, payload: unknown, { institutionId }: { readonly institutionId: string }) => {
        await files.heard(tx, institutionId, readFileRequest(payload), readHeads(payload));
        return {};
      },
    };
    const events = new EventDesk(this.database, this.queues);
    await this.queues.work(
      EVENTS,
      { ...events.consuming({ [HOLD_CHANGED]: changed, [FILE_KNOWN]: known }), ...events.acknowledging(answers) },
      1,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay?.stop();
  }

  /** Wakes what nobody works on any more, and removes what nobody needs. */
  async sweep(): Promise<void> {
    await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      for (const room of this.works.rooms) await room.sweep?.(tx);
      await resendEvents(tx, this.config.staleAfterMs);
      await forgetSent(tx);
      await forgetKeys(tx);
    });
    await this.works.uploads.sweep();
  }
}

// One line a room.
const ROOMS = [
  // Imports and reports.
  FileWork,
  EvidenceWork,
  RetentionWork,
  DossierWork,
  HandlingWork,
  ComplaintFileWork,
  SearchWork,
  DispatchWork,
  ClassificationWork,
  BadFaithWork,
  MajorWork,
  SurgeWork,
  DecisionWork,
  TellingWork,
  AftercareWork,
  CallbackWork,
  CalendarWork,
  BulkWork,
  ExportWork,
  ForecastWork,
  PublicWork,
  MailboxWork,
];

@Module({})
export class WorkerModule {
  static with(config: ComplaintsConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        GroundModule.with(config, 'complaints-worker'),
        SendingModule,
        DeadlineModule,
        FileModule,
        DispatchModule,
        DecisionModule,
        TellingModule,
        HoldModule,
        DossierModule,
        AftercareModule,
        CallbackModule,
        AssignmentModule,
        StageModule,
        WorkModule,
        importModule,
        reportModule,
        evidenceSealing,
        retentionWorking,
        uploadModule,
        ClassificationModule,
        BadFaithModule,
        MajorModule,
        SurgeModule,
        FindingModule,
        CalendarModule,
        BulkModule,
        ForecastModule,
        ExportModule,
        PublicModule,
        MailboxModule,
      ],
      providers: [
        FileWork,
        HandlingWork,
        { provide: ROOM_WORKS, inject: ROOMS, useFactory: (...rooms: RoomWork[]) => rooms },
        Works,
        ComplaintsWorker,
      ],
    };
  }
}
