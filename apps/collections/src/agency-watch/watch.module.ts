import { Module } from '@nestjs/common';
import { ContractModule } from '../agency-contract/contract.module.ts';
import { FindingModule } from '../agency-finding/finding.module.ts';
import { StaffModule } from '../agency-staff/staff.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { AgencyWork } from './agency.work.ts';
import { WatchService } from './watch.service.ts';
import { WatchStore } from './watch.store.ts';

@Module({
  imports: [ContractModule, FindingModule, StaffModule, StandingModule, TaskModule],
  providers: [AgencyWork, WatchService, WatchStore],
  exports: [AgencyWork],
})
export class WatchModule {}
