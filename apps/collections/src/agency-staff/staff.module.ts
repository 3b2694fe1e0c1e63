import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { AgencyModule } from '../agency/agency.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { CertificateService } from './certificate.service.ts';
import { CertificateStore } from './certificate.store.ts';
import { FitnessService } from './fitness.service.ts';
import { StaffController } from './staff.controller.ts';
import { StaffService } from './staff.service.ts';
import { StaffStore } from './staff.store.ts';

@Module({
  imports: [ActModule, AgencyModule, StandingModule, TaskModule],
  controllers: [StaffController],
  providers: [StaffService, StaffStore, CertificateService, CertificateStore, FitnessService],
  exports: [StaffService, FitnessService],
})
export class StaffModule {}
