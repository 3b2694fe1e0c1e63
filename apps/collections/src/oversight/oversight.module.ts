import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { OversightController } from './oversight.controller.ts';
import { OversightDesk } from './oversight.desk.ts';
import { OversightStore } from './oversight.store.ts';
import { SettingService } from './setting.service.ts';
import { SuspensionService } from './suspension.service.ts';
import { SuspensionStore } from './suspension.store.ts';

@Module({
  imports: [ActModule, StandingModule, TaskModule],
  controllers: [OversightController],
  providers: [OversightDesk, OversightStore, SettingService, SuspensionService, SuspensionStore],
  exports: [OversightDesk, SettingService, SuspensionService],
})
export class OversightModule {}
