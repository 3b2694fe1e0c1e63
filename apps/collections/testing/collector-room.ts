import { CareReviewService } from '../src/care/care-review.service.ts';
import { CareService } from '../src/care/care.service.ts';
import { CareStore } from '../src/care/care.store.ts';
import { RegisterStore } from '../src/case/register.store.ts';
import { StopService } from '../src/case/stop.service.ts';
import { GateStore } from '../src/contact/gate.store.ts';
import { LookService } from '../src/contact/look.service.ts';
import { Caring } from '../src/note/caring.ts';
import { NoteService } from '../src/note/note.service.ts';
import { NoteStore } from '../src/note/note.store.ts';
import { TimelineService } from '../src/note/timeline.service.ts';
import { TimelineStore } from '../src/note/timeline.store.ts';
import { AfterContact } from '../src/outcome/after-contact.ts';
import { OutcomeStore } from '../src/outcome/outcome.store.ts';
import { OutcomeReportService } from '../src/outcome/report.service.ts';
import { SpecialService } from '../src/outcome/special.service.ts';
import { PolicyService } from '../src/policy/policy.service.ts';
import { ReadingService } from '../src/script/reading.service.ts';
import { ScriptService } from '../src/script/script.service.ts';
import { ScriptStore } from '../src/script/script.store.ts';
import { holdsOf, objectionDeskOf, objectionsOf } from './objection-room.ts';
import { TaskService } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import { PhotoService } from '../src/visit/photo.service.ts';
import { StepsService } from '../src/visit/steps.service.ts';
import { VisitService } from '../src/visit/visit.service.ts';
import { VisitStore } from '../src/visit/visit.store.ts';
import { CaseWorkService } from '../src/worklist/case-work.service.ts';
import { NextService } from '../src/worklist/next.service.ts';
import { StrategyService } from '../src/worklist/strategy.service.ts';
import { StrategyStore } from '../src/worklist/strategy.store.ts';
import { WorkStore } from '../src/worklist/work.store.ts';
import { WorklistRefresh } from '../src/worklist/worklist.refresh.ts';
import { WorklistService } from '../src/worklist/worklist.service.ts';
import { stoppingOf } from './entrustment-room.ts';
import { actsOf, casesOf, deskOf, recordingRoom } from './recording-room.ts';
import { RepaymentRoom } from './repayment-room.ts';
import type { Stage } from './stage.ts';

/** The collectors' whole day on a stage. */
export function collectorRoom(stage: Stage) {
  const { source, clock, vault } = stage;
  const [desk, acts, cases] = [deskOf(stage), actsOf(stage), casesOf(stage)];
  const tasks = new TaskService(new TaskStore());
  const stopping = stoppingOf(stage);
  const stops = new StopService(new RegisterStore(), acts, stopping);
  const careStore = new CareStore(vault);
  const care = new CareService(careStore, stops, tasks, acts);
  const workStore = new WorkStore();
  const strategyStore = new StrategyStore();
  const work = new CaseWorkService(clock, strategyStore, workStore);
  const outcomeStore = new OutcomeStore();
  const after = new AfterContact(new RepaymentRoom(stage).promises, work);
  const visits = new VisitService(source, stage.gate, cases, new VisitStore(vault), acts);
  const look = new LookService(source, clock, new GateStore(vault), new PolicyService());
  const scriptStore = new ScriptStore();
  return {
    ...recordingRoom(stage),
    holds: holdsOf(stage),
    objections: objectionsOf(stage),
    objectionDesk: objectionDeskOf(stage),
    outcomes: new OutcomeReportService(
      source,
      stage.outcomes,
      outcomeStore,
      new SpecialService(stops, care, tasks, stopping, objectionsOf(stage)),
      after,
    ),
    reviews: new CareReviewService(source, desk, careStore, stops, tasks),
    notes: new NoteService(source, clock, cases, new NoteStore(vault), new Caring(care, stopping)),
    timelines: new TimelineService(source, cases, new TimelineStore(vault)),
    refresh: new WorklistRefresh(source, work, workStore),
    nexts: new NextService(source, work, workStore, look),
    worklists: new WorklistService(source, work, workStore, cases, acts),
    strategies: new StrategyService(source, strategyStore, work, acts),
    scripts: new ScriptService(source, desk, scriptStore, acts),
    reading: new ReadingService(source, { bankName: '演示银行' }, cases, scriptStore, vault),
    visits,
    steps: new StepsService(source, visits, new VisitStore(vault), cases, acts),
    photos: new PhotoService(source, visits, new VisitStore(vault), stage.uploads, cases),
  };
}

export type CollectorRoom = ReturnType<typeof collectorRoom>;

export const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? String(error),
  );
