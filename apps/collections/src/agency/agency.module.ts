import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { AgencyDesk } from './agency-desk.ts';
import { AgencyController } from './agency.controller.ts';
import { AgencyService } from './agency.service.ts';
import { AgencyStore } from './agency.store.ts';
import { ProfileController } from './profile.controller.ts';
import { ProfileService } from './profile.service.ts';
import { ProfileStore } from './profile.store.ts';
import { StandingSettingService } from './standing-setting.service.ts';

@Module({
  imports: [ActModule, StandingModule],
  controllers: [AgencyController, ProfileController],
  providers: [AgencyService, StandingSettingService, AgencyStore, AgencyDesk, ProfileService, ProfileStore],
  exports: [AgencyService, AgencyDesk, ProfileService],
})
export class AgencyModule {}
