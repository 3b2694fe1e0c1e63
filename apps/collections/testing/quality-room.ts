import { QualityDesk } from '../src/quality/quality.desk.ts';
import { CalibrationService } from '../src/quality/calibration.service.ts';
import { CalibrationStore } from '../src/quality/calibration.store.ts';
import { PlanService } from '../src/quality/plan.service.ts';
import { PlanStore } from '../src/quality/plan.store.ts';
import { QualityWork } from '../src/quality/quality.work.ts';
import { ResultService } from '../src/quality/result.service.ts';
import { ResultStore } from '../src/quality/result.store.ts';
import { ReviewService } from '../src/quality/review.service.ts';
import { ReviewStore } from '../src/quality/review.store.ts';
import { TaskService } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import type { Stage } from './stage.ts';

/** The room of quality assurance on a stage. */
export class QualityRoom {
  readonly plans: PlanService;
  readonly reviews: ReviewService;
  readonly results: ResultService;
  readonly calibration: CalibrationService;
  readonly work: QualityWork;

  constructor({ source, clock, vault }: Stage) {
    const tasks = new TaskService(new TaskStore());
    const store = new PlanStore();
    const desk = new QualityDesk(source, clock, vault, tasks);
    this.plans = new PlanService(source, clock, store, tasks);
    this.reviews = new ReviewService(desk, new ReviewStore(), store, this.plans);
    this.results = new ResultService(desk, new ResultStore(), new ReviewStore(), this.plans);
    this.calibration = new CalibrationService(desk, new CalibrationStore(), this.plans);
    this.work = new QualityWork({ qualityEveryMs: 1000 }, source, clock, this.plans);
  }
}
