import { Inject, Injectable } from '@nestjs/common';
import type { JobHandler, RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import type { CollectionsConfig } from './config.ts';
import { LookbackRunner } from './lookback/lookback.runner.ts';
import { LOOKBACK_REQUESTED } from './lookback/lookback.topic.ts';
import { ReconciliationRunner } from './reconciliation/reconciliation.runner.ts';
import { RECONCILIATION_REQUESTED } from './reconciliation/reconciliation.topic.ts';
import { ScreeningRunner } from './screening/screening.runner.ts';
import { SCREENING_REQUESTED } from './screening/screening.topic.ts';
import { SimulationRunner } from './simulation/simulation.runner.ts';
import { SIMULATION_REQUESTED } from './simulation/simulation.topic.ts';

/** What is judged at length, as jobs: past logs, call records, portfolios, drafts of a policy. */
@Injectable()
export class Judging implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(LookbackRunner) private readonly lookbacks: LookbackRunner,
    @Inject(ReconciliationRunner) private readonly reconciliations: ReconciliationRunner,
    @Inject(ScreeningRunner) private readonly screenings: ScreeningRunner,
    @Inject(SimulationRunner) private readonly simulations: SimulationRunner,
  ) {}

  get files(): Record<string, JobHandler> {
    const { lookbacks, reconciliations, screenings, simulations } = this;
    return {
      [LOOKBACK_REQUESTED]: ({ institutionId = '', lookbackId = '' }, { isLast }) => lookbacks.run(institutionId, lookbackId, isLast),
      [RECONCILIATION_REQUESTED]: ({ institutionId = '', reconciliationId = '' }, { isLast }) =>
        reconciliations.run(institutionId, reconciliationId, isLast),
      [SCREENING_REQUESTED]: ({ institutionId = '', screeningId = '' }, { isLast }) => screenings.run(institutionId, screeningId, isLast),
      [SIMULATION_REQUESTED]: ({ institutionId = '', simulationId = '' }, { isLast }) =>
        simulations.run(institutionId, simulationId, isLast),
    };
  }

  async sweep(tx: Tx): Promise<void> {
    const { staleAfterMs } = this.config;
    await this.lookbacks.wakeAbandoned(tx, staleAfterMs);
    await this.reconciliations.wakeAbandoned(tx, staleAfterMs);
    await this.screenings.sweep(tx, staleAfterMs);
    await this.simulations.runs.wakeAbandoned(tx, staleAfterMs);
  }
}
