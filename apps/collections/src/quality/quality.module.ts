import { Module } from '@nestjs/common';
import { TaskModule } from '../task/task.module.ts';
import { CalibrationService } from './calibration.service.ts';
import { CalibrationStore } from './calibration.store.ts';
import { PlanService } from './plan.service.ts';
import { PlanStore } from './plan.store.ts';
import { QualityController } from './quality.controller.ts';
import { QualityDesk } from './quality.desk.ts';
import { ResultService } from './result.service.ts';
import { ResultStore } from './result.store.ts';
import { ReviewController } from './review.controller.ts';
import { ReviewService } from './review.service.ts';
import { ReviewStore } from './review.store.ts';
import { QualityWork } from './quality.work.ts';

@Module({
  imports: [TaskModule],
  controllers: [QualityController, ReviewController],
  providers: [
    QualityWork,
    QualityDesk,
    PlanService,
    PlanStore,
    ReviewService,
    ReviewStore,
    ResultService,
    ResultStore,
    CalibrationService,
    CalibrationStore,
  ],
  exports: [QualityWork, PlanService],
})
export class QualityModule {}
