import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Runs } from '#runs';
import { SimulationStore } from './simulation.store.ts';
import { SIMULATION_REQUESTED } from './simulation.topic.ts';

/** The work of simulations: woken, begun again, ended. */
@Injectable()
export class SimulationRuns extends Runs {
  constructor(@Inject(DataSource) database: DataSource, @Inject(SimulationStore) store: SimulationStore) {
    const clear = (...[tx, id]: Parameters<SimulationStore['clear']>): Promise<void> => store.clear(tx, id);
    super(database, { table: 'policy_simulation', topic: SIMULATION_REQUESTED, idName: 'simulationId', clear });
  }
}
