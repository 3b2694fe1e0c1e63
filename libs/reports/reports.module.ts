import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { Carrier } from './delivery/carrier.ts';
import { deliveryController } from './delivery/delivery.controller.ts';
import { DeliveryRunner, DeliverySource } from './delivery/delivery.runner.ts';
import { DeliveryService } from './delivery/delivery.service.ts';
import { DeliveryStore } from './delivery/delivery.store.ts';
import { TargetStore } from './delivery/target.store.ts';
import { lifeController } from './life/life.controller.ts';
import { LifeService } from './life/life.service.ts';
import { LifeStore } from './life/life.store.ts';
import { reportController, type Allowed } from './report.controller.ts';
import { reportViews } from './report.dto.ts';
import { REPORT_KINDS, type ReportKind, type ReportKinds } from './report-kind.ts';
import { ReportJobs } from './report.jobs.ts';
import { ReportRunner } from './report.runner.ts';
import { ReportSchedule } from './report.schedule.ts';
import { ReportService } from './report.service.ts';
import { ReportStore } from './report.store.ts';
import { scheduleController } from './schedule/schedule.controller.ts';
import { ScheduleRunner } from './schedule/schedule.runner.ts';
import { ScheduleService } from './schedule/schedule.service.ts';
import { ScheduleStore } from './schedule/schedule.store.ts';

export interface ReportsOptions {
  /** The service's `UploadModule`, which has `report_file` among its keepers. */
  readonly uploads: DynamicModule;
  /** Kinds of report by the name that the API gives them. */
  readonly kinds: Readonly<Record<string, Type<ReportKind>>>;
  /** The rooms that the kinds ask. */
  readonly rooms?: readonly Type[];
  /** What the kinds are made of. */
  readonly providers: readonly Provider[];
  /** Who reads reports; of these the regulator only what is signed. */
  readonly roles: Allowed;
  /** Who has them made, cancels and corrects them. */
  readonly makes: Allowed;
  /** Who signs them, and says when they are made by themselves and where they go. */
  readonly signs: Allowed;
  readonly keeps: Allowed;
}

const OURS = [
  ReportService,
  ReportRunner,
  ReportSchedule,
  ReportJobs,
  ReportStore,
  LifeService,
  LifeStore,
  ScheduleService,
  ScheduleRunner,
  ScheduleStore,
  DeliveryService,
  DeliveryRunner,
  DeliverySource,
  DeliveryStore,
  TargetStore,
  Carrier,
];

/** The report room of a service. Make it once, as a constant: each call is another module to Nest. */
@Module({})
export class ReportsModule {
  static with({ uploads, kinds, rooms = [], providers, roles: reads, makes, signs, keeps }: ReportsOptions): DynamicModule {
    const names = Object.keys(kinds);
    const views = reportViews(names);
    const given = {
      provide: REPORT_KINDS,
      useFactory: (...made: ReportKind[]): ReportKinds => new Map(names.flatMap((name, at) => (made[at] ? [[name, made[at]]] : []))),
      inject: Object.values(kinds),
    };
    return {
      module: ReportsModule,
      imports: [uploads, ...rooms],
      controllers: [
        reportController(names, { reads, makes }, views),
        lifeController(views, { reads, makes, signs }),
        scheduleController(names, { reads, keeps }),
        deliveryController(names, { reads, keeps }),
      ],
      providers: [...Object.values(kinds), ...providers, given, ...OURS],
      exports: [ReportJobs],
    };
  }
}
