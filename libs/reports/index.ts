export { Counts, countTable, type CountColumn, type CountGroup } from './count-table.ts';
export { datesOf, daysBetween, monthsOf, periodBefore, periodOf, type Period } from './period.ts';
export { tallied, type AboutOne, type ReportKind, type ReportScope, type RowsSink } from './report-kind.ts';
export { listedOf, printed } from './listed.ts';
export { ReportJobs } from './report.jobs.ts';
export { REPORT_REQUESTED, ReportRunner } from './report.runner.ts';
export { ReportSchedule, reportSettings } from './report.schedule.ts';
export { refuseAgency, ReportService } from './report.service.ts';
export { ReportStore } from './report.store.ts';
export { ReportsModule } from './reports.module.ts';
export { inSnapshot, throughCursor } from './snapshot.ts';
export { instantsOf, scopeOf } from './scope.ts';
export { LifeService } from './life/life.service.ts';
export { LifeStore } from './life/life.store.ts';
export { ScheduleService } from './schedule/schedule.service.ts';
export { ScheduleStore } from './schedule/schedule.store.ts';
export { ScheduleRunner } from './schedule/schedule.runner.ts';
export { Carrier } from './delivery/carrier.ts';
export { DeliveryRunner, DeliverySource } from './delivery/delivery.runner.ts';
export { DeliveryService } from './delivery/delivery.service.ts';
export { DeliveryStore } from './delivery/delivery.store.ts';
export { TargetStore, type Channel } from './delivery/target.store.ts';
export {
  cellOf,
  countParts,
  dataKind,
  documentOf,
  withNil,
  type DataFile,
  type DataKind,
  type DataParts,
  type DataRow,
  type Param,
} from './data-kind.ts';
