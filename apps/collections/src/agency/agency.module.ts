import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { AgencyController } from './agency.controller.ts';
import { AgencyService } from './agency.service.ts';
import { AgencyStore } from './agency.store.ts';
import { StandingSettingService } from './standing-setting.service.ts';

@Module({
  imports: [ActModule, StandingModule],
  controllers: [AgencyController],
  providers: [AgencyService, StandingSettingService, AgencyStore],
  exports: [AgencyService],
})
export class AgencyModule {}
