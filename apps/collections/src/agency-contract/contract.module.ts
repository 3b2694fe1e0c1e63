import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { AgencyModule } from '../agency/agency.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { ContractController } from './contract.controller.ts';
import { ContractService } from './contract.service.ts';
import { ContractStore } from './contract.store.ts';

@Module({
  imports: [ActModule, AgencyModule, StandingModule],
  controllers: [ContractController],
  providers: [ContractService, ContractStore],
  exports: [ContractService],
})
export class ContractModule {}
