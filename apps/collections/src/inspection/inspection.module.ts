import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { OversightModule } from '../oversight/oversight.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { uploadModule } from '../uploads.ts';
import { ChecklistService } from './checklist.service.ts';
import { ChecklistStore } from './checklist.store.ts';
import { CoverageService } from './coverage.service.ts';
import { EvidenceService } from './evidence.service.ts';
import { FindingController } from './finding.controller.ts';
import { FindingNotes } from './finding-notes.ts';
import { FindingStore } from './finding.store.ts';
import { InspectingService } from './inspecting.service.ts';
import { InspectionClock } from './inspection.clock.ts';
import { InspectionController } from './inspection.controller.ts';
import { InspectionDesk } from './inspection.desk.ts';
import { InspectionService } from './inspection.service.ts';
import { InspectionStore } from './inspection.store.ts';
import { InspectionWork } from './inspection.work.ts';
import { PlanNotes } from './plan-notes.ts';
import { RectificationService } from './rectification.service.ts';

@Module({
  imports: [ActModule, OversightModule, TaskModule, uploadModule],
  controllers: [InspectionController, FindingController],
  providers: [
    ChecklistService,
    ChecklistStore,
    CoverageService,
    EvidenceService,
    FindingNotes,
    FindingStore,
    InspectingService,
    InspectionClock,
    InspectionDesk,
    InspectionService,
    InspectionStore,
    InspectionWork,
    PlanNotes,
    RectificationService,
  ],
  exports: [CoverageService, InspectingService, InspectionService, InspectionWork, RectificationService],
})
export class InspectionModule {}
