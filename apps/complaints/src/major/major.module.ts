import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { CodeTableModule } from '../code-table/code-table.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { SortingModule } from '../sorting/sorting.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { MajorController } from './major.controller.ts';
import { MajorDesk, MajorPens } from './major.desk.ts';
import { MajorEndingService } from './major-ending.service.ts';
import { MajorPartStore } from './major-part.store.ts';
import { MajorPlanService } from './major-plan.service.ts';
import { MajorReading, MajorStores } from './major.reading.ts';
import { MajorReportController } from './major-report.controller.ts';
import { MajorPress, MajorReportService } from './major-report.service.ts';
import { MajorReportStore } from './major-report.store.ts';
import { MajorService } from './major.service.ts';
import { MajorSettingsService } from './major-settings.service.ts';
import { MajorSettingsStore } from './major-settings.store.ts';
import { MajorStore } from './major.store.ts';
import { MajorSweepService, MajorWork } from './major-sweep.service.ts';
import { MajorSweepStore } from './major-sweep.store.ts';

@Module({
  imports: [ComplaintModule, SortingModule, ApprovalModule, TimelineModule, CodeTableModule],
  controllers: [MajorController, MajorReportController],
  providers: [
    MajorService,
    MajorPlanService,
    MajorEndingService,
    MajorReportService,
    MajorSettingsService,
    MajorSweepService,
    MajorWork,
    MajorDesk,
    MajorPens,
    MajorPress,
    MajorReading,
    MajorStores,
    MajorStore,
    MajorPartStore,
    MajorReportStore,
    MajorSettingsStore,
    MajorSweepStore,
  ],
  exports: [
    MajorService,
    MajorDesk,
    MajorSettingsService,
    MajorSweepService,
    MajorPlanService,
    MajorEndingService,
    MajorReportService,
    MajorWork,
  ],
})
export class MajorModule {}
