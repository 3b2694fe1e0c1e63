import type { DataSource } from 'typeorm';
import type { Clock } from '#clock';
import type { Vault } from '#vault';
import { BatchStore } from './batch.store.ts';
import { DestructionStores, Destroyer } from './destroyer.ts';
import { RetentionHoldService } from './hold.service.ts';
import { HoldStore } from './hold.store.ts';
import { ItemStore } from './item.store.ts';
import type { RetentionKinds } from './kind.ts';
import { Lists } from './lists.ts';
import { DestructionProofService } from './proof.service.ts';
import { RetentionDesk } from './retention.desk.ts';
import { RuleService } from './rule.service.ts';
import { RuleStore } from './rule.store.ts';
import { RetentionRunner } from './run.runner.ts';
import { RetentionRunService } from './run.service.ts';
import { RunStore } from './run.store.ts';
import type { RetentionConfig } from './settings.ts';

export interface RetentionGround {
  readonly database: DataSource;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly config: RetentionConfig;
}

/** The room without a container, as tests and commands have it. */
export function retentionRoomOf({ database, clock, vault, config }: RetentionGround, kinds: RetentionKinds) {
  const desk = new RetentionDesk(database, clock, vault, config);
  const [rules, items, runs, batches] = [new RuleStore(), new ItemStore(), new RunStore(), new BatchStore()];
  const destroyer = new Destroyer(desk, new DestructionStores(items, batches, rules), kinds);
  const runner = (): RetentionRunner => new RetentionRunner(database, kinds, runs, new Lists(items, rules), destroyer);
  const first = runner();
  const runService = new RetentionRunService(desk, runs, items, first, kinds);
  return {
    rules: new RuleService(desk, rules, kinds),
    holds: new RetentionHoldService(desk, new HoldStore(), kinds),
    runs: runService,
    proofs: new DestructionProofService(desk, runService, items, batches),
    runner: first,
    /** As another process has it. */
    anotherRunner: runner,
  };
}
export type RetentionRoom = ReturnType<typeof retentionRoomOf>;
