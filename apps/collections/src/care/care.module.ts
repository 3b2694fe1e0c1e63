import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { CareController } from './care.controller.ts';
import { CareReviewService } from './care-review.service.ts';
import { CareService } from './care.service.ts';
import { CareStore } from './care.store.ts';

@Module({
  imports: [ActModule, CaseModule, TaskModule],
  controllers: [CareController],
  providers: [CareService, CareReviewService, CareStore],
  exports: [CareService],
})
export class CareModule {}
