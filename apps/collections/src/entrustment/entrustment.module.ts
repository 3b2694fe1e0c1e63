import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { EntrustingParts, EntrustingService } from './entrusting.service.ts';
import { EntrustmentController, EntrustmentSettingController } from './entrustment.controller.ts';
import { EntrustmentDesk } from './entrustment.desk.ts';
import { EntrustmentService, EntrustmentTables } from './entrustment.service.ts';
import { EntrustmentStore } from './entrustment.store.ts';
import { EntrustmentViewService } from './entrustment-view.service.ts';
import { EntrustmentViewStore } from './entrustment-view.store.ts';
import { Leaving } from './leaving.ts';
import { PlacingService } from './placing.service.ts';
import { EntrustmentSettingService } from './setting.service.ts';
import { EntrustmentSettingStore } from './setting.store.ts';
import { EntrustmentWork } from './entrustment.work.ts';

@Module({
  imports: [ActModule, StandingModule, TaskModule],
  controllers: [EntrustmentController, EntrustmentSettingController],
  providers: [
    EntrustmentWork,
    EntrustingParts,
    EntrustingService,
    EntrustmentDesk,
    EntrustmentService,
    EntrustmentSettingService,
    EntrustmentSettingStore,
    EntrustmentStore,
    EntrustmentTables,
    EntrustmentViewService,
    EntrustmentViewStore,
    Leaving,
    PlacingService,
  ],
  exports: [EntrustmentWork, EntrustmentService, EntrustmentSettingService, PlacingService],
})
export class EntrustmentModule {}
