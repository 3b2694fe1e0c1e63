import { Refusal } from '#problem';
import { AssignmentRuleService } from '../src/assignment/assignment-rule.service.ts';
import { AssignmentDesk } from '../src/assignment/assignment.service.ts';
import { AssignmentStore } from '../src/assignment/assignment.store.ts';
import { SuggestionService } from '../src/assignment/suggestion.service.ts';
import { ComplaintStore } from '../src/complaint/complaint.store.ts';
import { HandingService } from '../src/complaint/handing.service.ts';
import { NoteDesk, NoteService } from '../src/note/note.service.ts';
import { NoteStore } from '../src/note/note.store.ts';
import { NotificationStore } from '../src/notification/notification.store.ts';
import { TellingService } from '../src/notification/telling.service.ts';
import { PunctualityStore } from '../src/stage/punctuality.store.ts';
import { StageLimitService, StagePunctualityService } from '../src/stage/stage-limit.service.ts';
import { StageJobs } from '../src/stage/stage.jobs.ts';
import { StageService } from '../src/stage/stage.service.ts';
import { StageStore } from '../src/stage/stage.store.ts';
import { StageSweepStore } from '../src/stage/stage-sweep.store.ts';
import { WorkJobs } from '../src/work/work.jobs.ts';
import { WorkReadingService } from '../src/work/work-reading.service.ts';
import { WorkDesk, WorkService } from '../src/work/work.service.ts';
import { WorkStore } from '../src/work/work.store.ts';
import { WorkSweepStore } from '../src/work/work-sweep.store.ts';
import { DeskAdminService } from '../src/desk/desk-admin.service.ts';
import type { MemberRequest, UnitRequest } from '../src/desk/desk.dto.ts';
import { DeskService } from '../src/desk/desk.service.ts';
import { DeskStore } from '../src/desk/desk.store.ts';
import { principal, type Stage } from './stage.ts';

export const admin = principal('admin');

/** The rooms in which complaints are handled, on a stage. */
export class Handling {
  readonly desk: DeskService;
  readonly deskAdmin: DeskAdminService;
  readonly rules: AssignmentRuleService;
  readonly stages: StageService;
  readonly stageLimits: StageLimitService;
  readonly punctuality: StagePunctualityService;
  readonly stageJobs: StageJobs;
  readonly work: WorkService;
  readonly tasks: WorkReadingService;
  readonly workJobs: WorkJobs;
  readonly notes: NoteService;

  constructor(readonly stage: Stage) {
    const desk = new DeskStore();
    this.desk = new DeskService(desk, stage.recusals, stage.vault);
    this.deskAdmin = new DeskAdminService(stage.source, stage.clock, desk, stage.vault);
    const { source, clock, vault, reading, timeline, recusals } = stage;
    const assignment = new AssignmentStore();
    const handing = new HandingService(new ComplaintStore(), timeline, vault);
    this.rules = new AssignmentRuleService(
      new AssignmentDesk(source, reading, handing, this.desk),
      assignment,
      new SuggestionService(assignment, this.desk, recusals, vault),
    );
    const stages = new StageStore();
    this.stages = new StageService(source, stages, reading, timeline, vault);
    this.stageLimits = new StageLimitService(source, stages, reading, vault);
    this.punctuality = new StagePunctualityService(source, new PunctualityStore(), reading, this.desk);
    this.stageJobs = new StageJobs(source, clock, new StageSweepStore());
    const [workDesk, work] = [new WorkDesk(source, reading, timeline, this.desk, vault), new WorkStore()];
    this.work = new WorkService(workDesk, work);
    this.tasks = new WorkReadingService(workDesk, this.work, work, new WorkSweepStore());
    this.workJobs = new WorkJobs(source, clock, new WorkSweepStore());
    const telling = new TellingService(new NotificationStore());
    this.notes = new NoteService(new NoteDesk(source, reading, timeline, this.desk, telling), new NoteStore(), vault);
  }

  unit(code: string, more: Partial<UnitRequest> = {}) {
    return this.deskAdmin.putUnit(admin, code, { kind: 'branch', nameZh: `${code} 分行`, nameEn: `Branch ${code}`, ...more });
  }

  member(subject: string, more: Partial<MemberRequest> = {}) {
    return this.deskAdmin.putMember(admin, subject, { name: `人员 ${subject}`, ...more });
  }
}

/** The refusal that the work ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** An Idempotency-Key with what it was sent for. */
export const key = (name: string, hash = 'a') => ({ key: name, hash: Buffer.alloc(32, hash) });
