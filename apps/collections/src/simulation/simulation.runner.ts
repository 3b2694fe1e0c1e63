import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Policy, ProposedJson } from '#contact-rules';
import type { Tx } from '#pg';
import { inSnapshot } from '#reports';
import type { Run } from '#runs';
import { Vault } from '#vault';
import { MESSAGE_CONTEXT, withSecrets } from '../contact/message.ts';
import { LookbackRegister } from '../lookback/lookback.register.ts';
import { compile } from '../policy/content.ts';
import { PolicyService } from '../policy/policy.service.ts';
import { KnownOnce } from './known-once.ts';
import { mergeByTime } from './merge.ts';
import { SimulationRowsStore, type DecisionEvent, type PastEvent, type SimulationScope } from './rows.store.ts';
import { SimulationRuns } from './simulation.runs.ts';
import { SimulationStore, type SimulationRecord } from './simulation.store.ts';
import { Simulator } from './simulator.ts';
import type { OpenPermit, SimulationSummary } from './tally.ts';

const SAMPLES = 50;
const OPEN_SHOWN = 200;

/** The two tables of a simulation: what it reads, and what comes of it. */
@Injectable()
export class SimulationTables {
  constructor(
    @Inject(SimulationStore) readonly simulations: SimulationStore,
    @Inject(SimulationRowsStore) readonly rows: SimulationRowsStore,
  ) {}
}

/** Where facts come from that are not in the rows. */
@Injectable()
export class SimulationFacts {
  constructor(
    @Inject(PolicyService) readonly policies: PolicyService,
    @Inject(LookbackRegister) readonly register: LookbackRegister,
    @Inject(Vault) readonly vault: Vault,
  ) {}
}

interface Compared {
  readonly against: number | null;
  readonly before: Policy;
  readonly after: Policy;
  readonly concerns: (product: string) => boolean;
}

/** Carries a simulation out. A run that was cut off is begun again. */
@Injectable()
export class SimulationRunner implements BeforeApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(SimulationRuns) readonly runs: SimulationRuns,
    @Inject(SimulationTables) private readonly tables: SimulationTables,
    @Inject(SimulationFacts) private readonly facts: SimulationFacts,
  ) {}

  /** The process ends: what runs is begun again by another worker. */
  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  /** Twice at once does no harm: the later run takes over. */
  run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    return this.runs.carryOut(institutionId, id, isLastTry, (run) => this.carryOut(run));
  }

  private async carryOut(run: Run): Promise<SimulationSummary> {
    const { institutionId, id } = run;
    const record = await run.write((tx) => this.tables.simulations.find(tx, institutionId, id));
    if (record === null) throw new Error('the simulation is gone');
    return inSnapshot(this.database, institutionId, async (tx) => {
      const compared = await this.compared(tx, record);
      const simulator = await this.simulate(tx, run, record, compared);
      const openPermits = await this.openPermits(tx, run, record, simulator);
      simulator.finish();
      await run.write((other) => this.tables.simulations.keepSamples(other, institutionId, id, simulator.samples.take(SAMPLES)));
      return simulator.tally.summary(compared.against, openPermits);
    });
  }

  /** The version in force for the draft's product at the end of the time, and the draft. */
  private async compared(tx: Tx, { institutionId, product, content, periodTo }: SimulationRecord): Promise<Compared> {
    const { policies } = this.facts;
    const against = await policies.numberAt(tx, institutionId, product, periodTo);
    const { policy } = await policies.inForce(tx, institutionId, against);
    // A draft for every product is none for those that have a version of their own.
    const own = new Set(await policies.productsWithOwn(tx, institutionId, periodTo));
    const concerns = product === '' ? (one: string) => !own.has(one) : (one: string) => one === product;
    return { against, before: policy, after: compile(content.packs, (against ?? 0) + 1, content), concerns };
  }

  private async simulate(tx: Tx, run: Run, record: SimulationRecord, compared: Compared): Promise<Simulator> {
    const { rows } = this.tables;
    const { institutionId, periodFrom: from, periodTo: until } = record;
    const { before, after, concerns } = compared;
    const open = (proposed: ProposedJson, sealed: Buffer | null): ProposedJson =>
      sealed === null ? proposed : withSecrets(proposed, this.facts.vault.open(sealed, MESSAGE_CONTEXT));
    const scope: SimulationScope = { institutionId, from, until, historyMs: Simulator.historyMs(before, after) };
    const searched = await rows.searched(tx, scope);
    const simulator = new Simulator({ before, after, concerns, searched, from: from.getTime(), open });
    const register = new KnownOnce(tx, institutionId, this.facts.register);
    const total = await rows.count(tx, scope);
    run.progress(0, total);
    let done = 0;
    // At one instant the decision comes before the contact that it permits.
    for await (const batch of mergeByTime(rows.decisions(tx, scope), rows.contacts(tx, scope))) {
      run.check();
      await hear(simulator, register, batch);
      done += batch.length;
      run.progress(done, total);
    }
    return simulator;
  }

  private async openPermits(
    tx: Tx,
    run: Run,
    { institutionId, periodFrom: from, periodTo: until }: SimulationRecord,
    simulator: Simulator,
  ): Promise<SimulationSummary['openPermits']> {
    let [open, touched] = [0, 0];
    const items: OpenPermit[] = [];
    for await (const batch of this.tables.rows.pending(tx, { institutionId, from, until, historyMs: 0 })) {
      run.check();
      open += batch.length;
      const found = batch.flatMap((permit) => simulator.openPermit(permit, until.getTime()) ?? []);
      touched += found.length;
      items.push(...found.slice(0, OPEN_SHOWN - items.length));
    }
    return { open, touched, items };
  }
}

async function hear(simulator: Simulator, register: KnownOnce, batch: readonly (DecisionEvent | PastEvent)[]): Promise<void> {
  const registered = await register.of(batch.flatMap((event) => (event.kind === 'contact' && simulator.isJudged(event) ? event.row : [])));
  for (const event of batch) {
    if (event.kind === 'decision') simulator.decision(event);
    else simulator.contact(event, registered(event.row));
  }
}
