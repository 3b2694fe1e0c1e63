import type { PolicyDraftRequest } from '../src/policy/draft.dto.ts';
import { LookbackRegister } from '../src/lookback/lookback.register.ts';
import { PolicyService } from '../src/policy/policy.service.ts';
import { SimulationRowsStore } from '../src/simulation/rows.store.ts';
import type { PolicySimulationView } from '../src/simulation/simulation.dto.ts';
import { SimulationFacts, SimulationRunner, SimulationTables } from '../src/simulation/simulation.runner.ts';
import { SimulationRuns } from '../src/simulation/simulation.runs.ts';
import { SimulationService } from '../src/simulation/simulation.service.ts';
import { SimulationStore } from '../src/simulation/simulation.store.ts';
import { author, draftOf, PolicyRoom, second } from './policy-room.ts';
import { BANK, type Stage } from './stage.ts';

/** The room where drafts are tried on the past, on a stage. */
export class SimulationRoom {
  readonly store = new SimulationStore();
  readonly policies: PolicyRoom;
  readonly service: SimulationService;
  readonly runner: SimulationRunner;

  constructor(stage: Stage) {
    this.policies = new PolicyRoom(stage);
    const runs = new SimulationRuns(stage.source, this.store);
    this.service = new SimulationService(this.policies.desk, runs, this.store);
    const facts = new SimulationFacts(new PolicyService(), new LookbackRegister(stage.vault), stage.vault);
    this.runner = new SimulationRunner(stage.source, runs, new SimulationTables(this.store, new SimulationRowsStore()), facts);
  }

  /** Drafts, asks, and does the work. */
  async simulate(content: Partial<PolicyDraftRequest>, days = 7): Promise<PolicySimulationView> {
    const { id } = await this.policies.drafts.create(author, draftOf(content), null, 'en');
    const asked = await this.service.create(author, id, days, null, 'en');
    await this.runner.run(BANK, asked.id);
    return this.service.find(second, asked.id, 'en');
  }
}
