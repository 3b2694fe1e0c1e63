import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DeskModule } from '../desk/desk.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { PunctualityStore } from './punctuality.store.ts';
import { StageLimitService, StagePunctualityService } from './stage-limit.service.ts';
import { StageCalendarService } from './stage-calendar.service.ts';
import { StageCalendarStore } from './stage-calendar.store.ts';
import { StageController } from './stage.controller.ts';
import { StageJobs } from './stage.jobs.ts';
import { StageService } from './stage.service.ts';
import { StageStore } from './stage.store.ts';
import { StageSweepStore } from './stage-sweep.store.ts';

@Module({
  imports: [ComplaintModule, DeskModule, TimelineModule],
  controllers: [StageController],
  providers: [
    StageService,
    StageLimitService,
    StagePunctualityService,
    StageJobs,
    StageStore,
    StageSweepStore,
    PunctualityStore,
    StageCalendarService,
    StageCalendarStore,
  ],
  exports: [StageService, StageLimitService, StageJobs, StageCalendarService],
})
export class StageModule {}
