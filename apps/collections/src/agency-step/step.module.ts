import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { AgencyModule } from '../agency/agency.module.ts';
import { ContractModule } from '../agency-contract/contract.module.ts';
import { DocumentModule } from '../agency-document/document.module.ts';
import { StaffModule } from '../agency-staff/staff.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { DecisionService } from './decision.service.ts';
import { ReadinessService } from './readiness.service.ts';
import { StepController } from './step.controller.ts';
import { StepService } from './step.service.ts';
import { StepStore } from './step.store.ts';

@Module({
  imports: [ActModule, AgencyModule, ContractModule, DocumentModule, StaffModule, StandingModule, TaskModule],
  controllers: [StepController],
  providers: [StepService, DecisionService, ReadinessService, StepStore],
  exports: [StepService, DecisionService],
})
export class StepModule {}
