import type { Principal } from '#auth';
import { hashOf } from '#idempotency';
import { MajorDesk, MajorPens, type Call } from '../src/major/major.desk.ts';
import type { MajorRequest } from '../src/major/major.dto.ts';
import { MajorEndingService } from '../src/major/major-ending.service.ts';
import { MajorPartStore } from '../src/major/major-part.store.ts';
import { MajorPlanService } from '../src/major/major-plan.service.ts';
import { MajorReading, MajorStores } from '../src/major/major.reading.ts';
import { MajorPress, MajorReportService } from '../src/major/major-report.service.ts';
import { MajorReportStore } from '../src/major/major-report.store.ts';
import { MajorService } from '../src/major/major.service.ts';
import { MajorSettingsService } from '../src/major/major-settings.service.ts';
import { MajorSettingsStore } from '../src/major/major-settings.store.ts';
import { MajorStore } from '../src/major/major.store.ts';
import { MajorSweepService } from '../src/major/major-sweep.service.ts';
import { MajorSweepStore } from '../src/major/major-sweep.store.ts';
import type { MajorView } from '../src/major/major.view.ts';
import { AlarmService } from '../src/surge/alarm.service.ts';
import { AlarmStore } from '../src/surge/alarm.store.ts';
import { SurgeJobs } from '../src/surge/surge.jobs.ts';
import { FileRoom } from './intake.ts';
import { SortingStage } from './sorting.ts';
import { headOffice, principal, supervisor, type Stage } from './stage.ts';

export const compliance = principal('compliance');
export const headOffice2 = principal('head-office-approver', { subject: 'head-office-2' });

export const call = (who: Principal = supervisor, key: string | null = null): Call => ({
  principal: who,
  idempotency: key === null ? null : { key, hash: hashOf(key, {}) },
  requestId: 'request-1',
});

/** The code of the refusal of some work; `none` where it is not refused. */
export const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { kind?: { code: string } }) => error.kind?.code ?? String(error),
  );

/** The rooms of major complaints, on a stage. */
export class MajorStage {
  readonly sorting: SortingStage;
  readonly files: FileRoom;
  readonly majors: MajorService;
  readonly plans: MajorPlanService;
  readonly endings: MajorEndingService;
  readonly reports: MajorReportService;
  readonly settings: MajorSettingsService;
  readonly sweeps: MajorSweepService;
  readonly alarms: AlarmService;
  readonly jobs: SurgeJobs;

  constructor(readonly stage: Stage) {
    const { reading, timeline, vault } = stage;
    this.sorting = new SortingStage(stage);
    this.files = new FileRoom(stage);
    const { desk, approvals, papers, tables, arrivals, logger } = this.sorting;
    const stores = new MajorStores(new MajorStore(), new MajorPartStore(), new MajorReportStore());
    const readings = new MajorReading(stores, reading, papers, vault);
    const room = new MajorDesk(desk, stores, readings, new MajorPens(vault, timeline, reading));
    this.settings = new MajorSettingsService(desk, new MajorSettingsStore(), approvals);
    this.majors = new MajorService(room, stores, readings, this.settings);
    this.plans = new MajorPlanService(room, stores);
    this.endings = new MajorEndingService(room, stores, approvals);
    this.reports = new MajorReportService(room, stores, approvals, new MajorPress(papers, tables));
    this.sweeps = new MajorSweepService(desk, new MajorSweepStore());
    const alarms = new AlarmStore();
    this.alarms = new AlarmService(room, alarms, this.majors, this.settings, tables);
    this.jobs = new SurgeJobs(desk, alarms, this.settings, arrivals, logger);
  }

  open(complaintIds: string[], more: Partial<MajorRequest> = {}, by: Call = call()): Promise<MajorView> {
    return this.majors.open(by, { kind: 'designated', title: '多人到网点投诉', reason: '影响面大', complaintIds, ...more });
  }

  drill(more: Partial<MajorRequest> = {}, by: Call = call()): Promise<MajorView> {
    return this.majors.open(by, { kind: 'group', title: '演练', reason: '年度演练', persons: 30, drill: true, ...more });
  }

  /** Draft, submission and approval; the id of the report. */
  async approved(matterId: string, kind: 'first' | 'progress' | 'closing' = 'first'): Promise<string> {
    const drafted = await this.reports.draft(call(), matterId, { kind, receiver: '黑龙江监管局', statement: '已启动预案。' });
    const id = drafted.reports.at(-1)?.id ?? '';
    await this.reports.submit(call(), matterId, id);
    await this.reports.settle(call(headOffice), matterId, id, { agrees: true });
    return id;
  }

  async settleAll(matter: MajorView): Promise<void> {
    for (const { id, state } of matter.plan)
      if (state === 'open') await this.plans.settle(call(), matter.id, id, { state: 'done', proof: '已完成，见记录' });
  }
}
