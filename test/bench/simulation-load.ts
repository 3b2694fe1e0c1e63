// One simulation in a process of its own: how long it takes, and how much memory.
import { randomBytes } from 'node:crypto';
import { createDataSource } from '#pg';
import { Vault } from '#vault';
import { LookbackRegister } from '../../apps/collections/src/lookback/lookback.register.ts';
import { PolicyService } from '../../apps/collections/src/policy/policy.service.ts';
import { SimulationRowsStore } from '../../apps/collections/src/simulation/rows.store.ts';
import { SimulationFacts, SimulationRunner, SimulationTables } from '../../apps/collections/src/simulation/simulation.runner.ts';
import { SimulationRuns } from '../../apps/collections/src/simulation/simulation.runs.ts';
import { SimulationStore } from '../../apps/collections/src/simulation/simulation.store.ts';

process.once('message', async ({ url, institutionId, id }: { url: string; institutionId: string; id: string }) => {
  const source = await createDataSource({ url, poolSize: 4, applicationName: 'bench-simulation' });
  const store = new SimulationStore();
  const vault = new Vault([`k1:${randomBytes(32).toString('base64')}`], randomBytes(32).toString('base64'));
  const facts = new SimulationFacts(new PolicyService(), new LookbackRegister(vault), vault);
  const tables = new SimulationTables(store, new SimulationRowsStore());
  const runner = new SimulationRunner(source, new SimulationRuns(source, store), tables, facts);
  const began = performance.now();
  await runner.run(institutionId, id);
  const seconds = (performance.now() - began) / 1000;
  await source.destroy();
  process.send?.({ seconds, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) });
});
