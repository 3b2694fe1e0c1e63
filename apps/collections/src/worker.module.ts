import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EventDesk, resendEvents, type EventResult } from '#events';
import { EvidenceWork } from '#evidence-log';
import { forgetKeys } from '#idempotency';
import { merged, ROOM_WORKS, routesTo, type Queues, type RoomWork } from '#jobs';
import { forgetSent, Relay } from '#outbox';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { SendingModule } from '#sending';
import { CONFIG, GroundModule, LOGGER, QUEUES } from '#service';
import type { Logger } from '#telemetry';
import type { CollectionsConfig } from './config.ts';
import { AgencyWork } from './agency-watch/agency.work.ts';
import { WatchModule } from './agency-watch/watch.module.ts';
import { ContactModule } from './contact/contact.module.ts';
import { DebtQueryModule } from './debt-query/debt-query.module.ts';
import { DebtQueryWork } from './debt-query/debt-query.work.ts';
import { DeliveryModule } from './delivery/delivery.module.ts';
import { DeliveryWork } from './delivery/delivery.work.ts';
import { ATTRIBUTED, FILE_KNOWN, FILE_REQUESTED } from './disclosure/disclosure.events.ts';
import { DisclosureModule } from './disclosure/disclosure.module.ts';
import { DisclosureWork } from './disclosure/disclosure.work.ts';
import { EntrustmentModule } from './entrustment/entrustment.module.ts';
import { EntrustmentWork } from './entrustment/entrustment.work.ts';
import { AllocationModule } from './allocation/allocation.module.ts';
import { AllocationWork } from './allocation/allocation.work.ts';
import { COLLECTION_HOLD, HOLD_CHANGED } from './hold/hold.events.ts';
import { HoldModule } from './hold/hold.module.ts';
import { importModule } from './import/import.module.ts';
import { Judging } from './judging.ts';
import { LookbackModule } from './lookback/lookback.module.ts';
import { PlanModule } from './plan/plan.module.ts';
import { RepaymentWork } from './plan/plan.work.ts';
import { QualityModule } from './quality/quality.module.ts';
import { QualityWork } from './quality/quality.work.ts';
import { ReconciliationModule } from './reconciliation/reconciliation.module.ts';
import { RecordingModule } from './recording/recording.module.ts';
import { RecordingWork } from './recording/recording.work.ts';
import { ReminderModule } from './reminder/reminder.module.ts';
import { ReminderWork } from './reminder/reminder.work.ts';
import { evidenceSealing } from './evidence.ts';
import { reportModule } from './report/report.module.ts';
import { EvaluationModule } from './evaluation/evaluation.module.ts';
import { EvaluationWork } from './evaluation/evaluation.work.ts';
import { InspectionModule } from './inspection/inspection.module.ts';
import { InspectionWork } from './inspection/inspection.work.ts';
import { SanctionModule } from './sanction/sanction.module.ts';
import { SanctionWork } from './sanction/sanction.work.ts';
import { ScreeningModule } from './screening/screening.module.ts';
import { SimulationModule } from './simulation/simulation.module.ts';
import { StandingModule } from './standing/standing.module.ts';
import { StandingWork } from './standing/standing.work.ts';
import { TaskModule } from './task/task.module.ts';
import { TaskWork } from './task/task.work.ts';
import { uploadModule } from './uploads.ts';
import { WorklistModule } from './worklist/worklist.module.ts';
import { WorklistWork } from './worklist/worklist.work.ts';
import { FileWork, GateWork, Works } from './works.ts';
import { RetentionWork } from '#retention';
import { retentionWorking } from './retention/retention.ts';

const FILES = 'collections-files';
const PROMPT = 'collections-prompt';
const CLOCKWORK = 'collections-clockwork';
// What other services tell us, and what they answer.
const EVENTS = 'collections-events';
const COMPLAINTS_EVENTS = 'complaints-events';
const SWEEP = 'sweep';

/** Nobody waits behind a file. */
const PROMPT_CONCURRENCY = 4;

/** Jobs of the collections service, room by room. The queue only wakes; what is outstanding stands in the tables. */
@Injectable()
export class CollectionsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private relay: Relay | null = null;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(Works) private readonly works: Works,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { rooms } = this.works;
    const files = merged(rooms.map((room) => room.files));
    const prompt = merged(rooms.map((room) => room.prompt));
    const routes = {
      ...routesTo(FILES, files),
      ...routesTo(PROMPT, prompt),
      [HOLD_CHANGED]: COMPLAINTS_EVENTS,
      [FILE_KNOWN]: COMPLAINTS_EVENTS,
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

  /** What complaints ask for and say; and that they heard what we tell. */
  private async takeEvents(): Promise<void> {
    const { holds, disclosures } = this.works;
    const applying = (apply: (tx: Tx, institutionId: string, payload: unknown) => Promise<EventResult>) => ({
      answerTo: COMPLAINTS_EVENTS,
      apply: (tx: Tx, payload: unknown, { institutionId }: { readonly institutionId: string }) => apply(tx, institutionId, payload),
    });
    const topics = {
      [COLLECTION_HOLD]: applying((tx, institutionId, payload) => holds.apply(tx, institutionId, payload)),
      [FILE_REQUESTED]: applying((tx, institutionId, payload) => disclosures.apply(tx, institutionId, payload)),
      [ATTRIBUTED]: applying((tx, institutionId, payload) => disclosures.attribute(tx, institutionId, payload)),
    };
    const events = new EventDesk(this.database, this.queues);
    await this.queues.work(EVENTS, { ...events.consuming(topics), ...events.acknowledging() }, 1);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay?.stop();
  }

  /** Wakes what nobody works on any more, and removes what nobody needs: sent outbox rows and keys after 7 days, files of finished work. */
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

// Of this place itself; the modules of the rooms have their own.
const HERE = [GateWork, FileWork, Judging];
// One line a room.
const ROOMS = [
  ...HERE,
  EvidenceWork,
  RetentionWork,
  TaskWork,
  StandingWork,
  RecordingWork,
  WorklistWork,
  DebtQueryWork,
  RepaymentWork,
  DeliveryWork,
  ReminderWork,
  EntrustmentWork,
  AllocationWork,
  AgencyWork,
  QualityWork,
  InspectionWork,
  EvaluationWork,
  SanctionWork,
  DisclosureWork,
];

@Module({})
export class WorkerModule {
  static with(config: CollectionsConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        GroundModule.with(config, 'collections-worker'),
        SendingModule,
        DebtQueryModule,
        ContactModule,
        InspectionModule,
        EvaluationModule,
        SanctionModule,
        DeliveryModule,
        DisclosureModule,
        ReminderModule,
        EntrustmentModule,
        AllocationModule,
        WatchModule,
        HoldModule,
        importModule,
        LookbackModule,
        PlanModule,
        ReconciliationModule,
        RecordingModule,
        WorklistModule,
        ScreeningModule,
        SimulationModule,
        StandingModule,
        reportModule,
        evidenceSealing,
        retentionWorking,
        TaskModule,
        QualityModule,
        uploadModule,
      ],
      providers: [...HERE, { provide: ROOM_WORKS, inject: ROOMS, useFactory: (...rooms: RoomWork[]) => rooms }, Works, CollectionsWorker],
    };
  }
}
