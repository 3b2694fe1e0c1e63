import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DeskModule } from '../desk/desk.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { WorkController } from './work.controller.ts';
import { WorkJobs } from './work.jobs.ts';
import { WorkReadingService } from './work-reading.service.ts';
import { WorkDesk, WorkService } from './work.service.ts';
import { WorkStore } from './work.store.ts';
import { WorkSweepStore } from './work-sweep.store.ts';

@Module({
  imports: [ComplaintModule, DeskModule, TimelineModule],
  controllers: [WorkController],
  providers: [WorkService, WorkReadingService, WorkDesk, WorkJobs, WorkStore, WorkSweepStore],
  exports: [WorkService, WorkReadingService, WorkJobs],
})
export class WorkModule {}
