import type { Principal } from '#auth';
import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { ChecklistService } from '../src/inspection/checklist.service.ts';
import { ChecklistStore } from '../src/inspection/checklist.store.ts';
import { CoverageService } from '../src/inspection/coverage.service.ts';
import type { FindingRequest } from '../src/inspection/finding.dto.ts';
import { FindingNotes } from '../src/inspection/finding-notes.ts';
import { FindingStore } from '../src/inspection/finding.store.ts';
import { InspectingService } from '../src/inspection/inspecting.service.ts';
import { InspectionDesk } from '../src/inspection/inspection.desk.ts';
import type { InspectionRequest, InspectionView } from '../src/inspection/inspection.dto.ts';
import { InspectionService } from '../src/inspection/inspection.service.ts';
import { InspectionStore } from '../src/inspection/inspection.store.ts';
import { PlanNotes } from '../src/inspection/plan-notes.ts';
import { RectificationService } from '../src/inspection/rectification.service.ts';
import { OversightDesk } from '../src/oversight/oversight.desk.ts';
import { OversightStore } from '../src/oversight/oversight.store.ts';
import { SettingService } from '../src/oversight/setting.service.ts';
import { TaskService } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import { principal, type Stage } from './stage.ts';

export const inspector = principal('compliance', { subject: 'lin' });
export const manager = principal('collections-manager', { subject: 'zhao' });
export const agencyOf = (agencyId: string): Principal => principal('agency-supervisor', { agencyId, subject: `head of ${agencyId}` });

/** The rooms in which agencies are inspected, on a stage. */
export class OversightRoom {
  readonly acts: ActService;
  readonly tasks = new TaskService(new TaskStore());
  readonly store = new OversightStore();
  readonly desk: OversightDesk;
  readonly settings: SettingService;
  readonly checklists: ChecklistService;
  readonly inspections: InspectionService;
  readonly inspecting: InspectingService;
  readonly coverage: CoverageService;
  readonly rectifications: RectificationService;
  readonly findings = new FindingStore();
  readonly notes: FindingNotes;
  readonly inspectionDesk: InspectionDesk;

  constructor(readonly stage: Stage) {
    this.acts = new ActService(new ActStore(), stage.vault);
    this.desk = new OversightDesk(stage.source, stage.clock, this.store, stage.vault);
    this.settings = new SettingService(this.desk, this.store, this.acts);
    this.checklists = new ChecklistService(this.desk, new ChecklistStore(), this.acts);
    const inspections = new InspectionStore();
    this.inspectionDesk = new InspectionDesk(this.desk, inspections, this.findings, this.checklists);
    const plans = new PlanNotes(this.tasks, this.acts);
    this.notes = new FindingNotes(this.tasks, this.acts, plans);
    this.inspections = new InspectionService(this.desk, this.inspectionDesk, inspections, this.checklists, plans);
    this.inspecting = new InspectingService(this.desk, this.inspectionDesk, inspections, this.findings, this.notes);
    this.coverage = new CoverageService(this.desk, inspections, this.settings, this.checklists, plans);
    this.rectifications = new RectificationService(this.desk, this.inspectionDesk, this.findings, this.notes);
  }

  async planned(agencyId: string, more: Partial<InspectionRequest> = {}): Promise<InspectionView> {
    return this.inspections.plan(inspector, { agencyId, kind: 'on-site', plannedOn: '2026-12-01', ...more }, null);
  }

  async begun(agencyId: string, more: Partial<InspectionRequest> = {}): Promise<InspectionView> {
    const { id } = await this.planned(agencyId, more);
    return this.inspecting.begin(inspector, id, null);
  }

  /** An inspection that is done, with these findings. */
  async done(
    agencyId: string,
    findings: readonly Partial<FindingRequest>[],
    more: Partial<InspectionRequest> = {},
  ): Promise<InspectionView> {
    const { id, items } = await this.begun(agencyId, more);
    await this.inspecting.answer(inspector, id, { answers: items.map(({ itemId }) => ({ itemId, answer: 'ok' as const })) });
    for (const one of findings)
      await this.inspecting.find(
        inspector,
        id,
        { itemId: 'recordings', severity: 'major', summary: '未自报身份', dueOn: '2026-12-10', ...one },
        null,
      );
    return this.inspecting.complete(inspector, id, '总体合规', null);
  }

  /** The open tasks about something, by kind. */
  async openTasks(resource: string): Promise<string[]> {
    const rows = await this.stage.sql<{ kind: string }>(`select kind from task where resource = $1 and done_at is null order by kind`, [
      resource,
    ]);
    return rows.map(({ kind }) => kind);
  }
}
