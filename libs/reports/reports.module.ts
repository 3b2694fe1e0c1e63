import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { reportController, type Allowed } from './report.controller.ts';
import { REPORT_KINDS, type ReportKind, type ReportKinds } from './report-kind.ts';
import { ReportJobs } from './report.jobs.ts';
import { ReportRunner } from './report.runner.ts';
import { ReportSchedule } from './report.schedule.ts';
import { ReportService } from './report.service.ts';
import { ReportStore } from './report.store.ts';

export interface ReportsOptions {
  /** The service's `UploadModule`, which has `report_file` among its keepers. */
  readonly uploads: DynamicModule;
  /** Kinds of report by the name that the API gives them. */
  readonly kinds: Readonly<Record<string, Type<ReportKind>>>;
  /** What the kinds are made of. */
  readonly providers: readonly Provider[];
  readonly roles: Allowed;
}

/** The report room of a service. Make it once, as a constant: each call is another module to Nest. */
@Module({})
export class ReportsModule {
  static with({ uploads, kinds, providers, roles }: ReportsOptions): DynamicModule {
    const names = Object.keys(kinds);
    const given = {
      provide: REPORT_KINDS,
      useFactory: (...made: ReportKind[]): ReportKinds => new Map(names.flatMap((name, at) => (made[at] ? [[name, made[at]]] : []))),
      inject: Object.values(kinds),
    };
    return {
      module: ReportsModule,
      imports: [uploads],
      controllers: [reportController(names, roles)],
      providers: [...Object.values(kinds), ...providers, given, ReportService, ReportRunner, ReportSchedule, ReportJobs, ReportStore],
      exports: [ReportJobs],
    };
  }
}
