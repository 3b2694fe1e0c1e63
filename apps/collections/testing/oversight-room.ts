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
import { InspectionClock } from '../src/inspection/inspection.clock.ts';
import { RectificationService } from '../src/inspection/rectification.service.ts';
import { OversightDesk } from '../src/oversight/oversight.desk.ts';
import { OversightStore } from '../src/oversight/oversight.store.ts';
import { SettingService } from '../src/oversight/setting.service.ts';
import { SuspensionService } from '../src/oversight/suspension.service.ts';
import { SuspensionStore } from '../src/oversight/suspension.store.ts';
import { ConfirmationService } from '../src/evaluation/confirmation.service.ts';
import { EvaluationClock } from '../src/evaluation/evaluation.clock.ts';
import { EvaluationNotes } from '../src/evaluation/evaluation-notes.ts';
import { EvaluationService } from '../src/evaluation/evaluation.service.ts';
import { EvaluationStore } from '../src/evaluation/evaluation.store.ts';
import { FactsService } from '../src/evaluation/facts.service.ts';
import { FactsStore } from '../src/evaluation/facts.store.ts';
import { ScorecardService } from '../src/evaluation/scorecard.service.ts';
import { WeightsService } from '../src/evaluation/weights.service.ts';
import { AppealService } from '../src/sanction/appeal.service.ts';
import { EffectService } from '../src/sanction/effect.service.ts';
import { LetterService } from '../src/sanction/letter.service.ts';
import { SanctionClock } from '../src/sanction/sanction.clock.ts';
import { SanctionDesk } from '../src/sanction/sanction.desk.ts';
import { SanctionService } from '../src/sanction/sanction.service.ts';
import { SanctionStore } from '../src/sanction/sanction.store.ts';
import { StandingRoom } from './standing-room.ts';
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
  readonly standing: StandingRoom;
  readonly suspensions: SuspensionService;
  readonly facts = new FactsService(new FactsStore());
  readonly weights: WeightsService;
  readonly evaluations: EvaluationService;
  readonly confirmations: ConfirmationService;
  readonly scorecards: ScorecardService;
  readonly sanctions: SanctionService;
  readonly appeals: AppealService;
  readonly letters: LetterService;
  readonly clocks: { readonly inspection: InspectionClock; readonly evaluation: EvaluationClock; readonly sanction: SanctionClock };

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
    this.standing = new StandingRoom(stage);
    this.suspensions = new SuspensionService(this.desk, new SuspensionStore(), this.standing.standings, this.tasks, this.acts);
    this.rectifications = new RectificationService(this.desk, this.inspectionDesk, this.findings, this.notes, this.suspensions);
    const evaluations = new EvaluationStore();
    const evaluationNotes = new EvaluationNotes(this.tasks, this.acts, this.desk);
    this.weights = new WeightsService(this.desk, evaluations, this.acts);
    this.evaluations = new EvaluationService(this.desk, evaluations, this.facts, this.weights, evaluationNotes);
    this.confirmations = new ConfirmationService(this.desk, evaluations, this.evaluations, evaluationNotes, this.suspensions);
    this.scorecards = new ScorecardService(this.desk, this.facts, this.weights, this.settings);
    const sanctions = new SanctionStore();
    const sanctionDesk = new SanctionDesk(this.desk, sanctions);
    const effects = new EffectService(this.suspensions, this.tasks, this.acts);
    this.sanctions = new SanctionService(this.desk, sanctionDesk, sanctions, effects);
    this.appeals = new AppealService(this.desk, sanctionDesk, sanctions, effects);
    this.letters = new LetterService(this.desk, sanctionDesk);
    this.clocks = {
      inspection: new InspectionClock(this.desk, this.coverage, this.rectifications, this.settings, this.suspensions),
      evaluation: new EvaluationClock(this.desk, this.settings, this.suspensions, this.tasks),
      sanction: new SanctionClock(this.desk, sanctionDesk, sanctions, effects),
    };
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

  /** Every clock of oversight, by so many workers at once. */
  async pass(at: string, workers = 1): Promise<void> {
    this.stage.now = at;
    const { inspection, evaluation, sanction } = this.clocks;
    await Promise.all(
      Array.from({ length: workers }, async () => {
        await inspection.run();
        await evaluation.run();
        await sanction.run();
      }),
    );
  }

  async statusOf(agencyId: string): Promise<string | undefined> {
    const [row] = await this.stage.sql<{ status: string }>(`select status from agency where agency_id = $1`, [agencyId]);
    return row?.status;
  }

  /** How often the agency's standing was changed, and what of it was set each time. */
  async standingActs(agencyId: string): Promise<string[]> {
    const rows = await this.stage.sql<{ status: string }>(
      `select detail->>'status' as status from register_act where resource = 'agency/' || $1::text and action = 'agency-standing' order by id`,
      [agencyId],
    );
    return rows.map(({ status }) => status);
  }
}
