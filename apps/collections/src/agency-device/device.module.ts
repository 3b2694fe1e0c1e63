import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { AgencyModule } from '../agency/agency.module.ts';
import { FindingModule } from '../agency-finding/finding.module.ts';
import { StaffModule } from '../agency-staff/staff.module.ts';
import { DeviceController } from './device.controller.ts';
import { DeviceService } from './device.service.ts';
import { DeviceStore } from './device.store.ts';

@Module({
  imports: [ActModule, AgencyModule, FindingModule, StaffModule],
  controllers: [DeviceController],
  providers: [DeviceService, DeviceStore],
  exports: [DeviceService],
})
export class DeviceModule {}
