import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { CodeTableModule } from '../code-table/code-table.module.ts';
import { SortingModule } from '../sorting/sorting.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { AgreementService } from './agreement.service.ts';
import { AgreementStore } from './agreement.store.ts';
import { ClassificationController } from './classification.controller.ts';
import { ClassificationRoom, ClassificationService } from './classification.service.ts';
import { ClassificationJobs } from './classification.jobs.ts';
import { ClassificationStore } from './classification.store.ts';
import { ClassificationWork } from './classification.work.ts';
import { SuggestionService } from './suggestion.service.ts';

@Module({
  imports: [SortingModule, ComplaintModule, CodeTableModule, TimelineModule],
  controllers: [ClassificationController],
  providers: [
    ClassificationService,
    ClassificationRoom,
    ClassificationStore,
    SuggestionService,
    ClassificationJobs,
    ClassificationWork,
    AgreementService,
    AgreementStore,
  ],
  exports: [ClassificationService, ClassificationJobs, ClassificationWork],
})
export class ClassificationModule {}
