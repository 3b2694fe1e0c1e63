import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { OversightController } from './oversight.controller.ts';
import { OversightDesk } from './oversight.desk.ts';
import { OversightStore } from './oversight.store.ts';
import { SettingService } from './setting.service.ts';

@Module({
  imports: [ActModule],
  controllers: [OversightController],
  providers: [OversightDesk, OversightStore, SettingService],
  exports: [OversightDesk, SettingService],
})
export class OversightModule {}
