import { Module } from '@nestjs/common';
import { LookbackModule } from '../lookback/lookback.module.ts';
import { PolicyModule } from '../policy/policy.module.ts';
import { SimulationRowsStore } from './rows.store.ts';
import { SimulationController } from './simulation.controller.ts';
import { SimulationFacts, SimulationRunner, SimulationTables } from './simulation.runner.ts';
import { SimulationRuns } from './simulation.runs.ts';
import { SimulationService } from './simulation.service.ts';
import { SimulationStore } from './simulation.store.ts';

@Module({
  imports: [PolicyModule, LookbackModule],
  controllers: [SimulationController],
  providers: [SimulationService, SimulationRunner, SimulationRuns, SimulationStore, SimulationRowsStore, SimulationTables, SimulationFacts],
  exports: [SimulationRunner],
})
export class SimulationModule {}
