import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DeskModule } from '../desk/desk.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { FileModule } from '../file/file.module.ts';
import { uploadModule } from '../uploads.ts';
import { WorkFileController } from './work-file.controller.ts';
import { WorkFiles, WorkFileService } from './work-file.service.ts';
import { WorkController } from './work.controller.ts';
import { WorkJobs } from './work.jobs.ts';
import { WorkReadingService } from './work-reading.service.ts';
import { WorkDesk, WorkService } from './work.service.ts';
import { WorkStore } from './work.store.ts';
import { WorkSweepStore } from './work-sweep.store.ts';

@Module({
  imports: [ComplaintModule, DeskModule, TimelineModule, FileModule, uploadModule],
  controllers: [WorkController, WorkFileController],
  providers: [WorkService, WorkReadingService, WorkDesk, WorkFileService, WorkFiles, WorkJobs, WorkStore, WorkSweepStore],
  exports: [WorkService, WorkReadingService, WorkJobs],
})
export class WorkModule {}
