import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '#clock';
import { databaseNow, type Tx } from '#pg';
import type { Run } from '#runs';
import { Vault } from '#vault';
import { PlacingService, type Order } from '../entrustment/placing.service.ts';
import { TaskService } from '../task/task.service.ts';
import { AllocationOrders } from './allocation.runs.ts';
import { AllocationStore, type AllocationRecord } from './allocation.store.ts';
import { AllocationLineStore } from './line.store.ts';
import type { RunSummary } from './rule.ts';

// Nobody else entrusts meanwhile, so that one is short.
const BATCH = 500;
export const ORDER_REASON = 'allocation.reason';

/** The tables of a run. */
@Injectable()
export class OrderTables {
  constructor(
    @Inject(AllocationStore) readonly allocations: AllocationStore,
    @Inject(AllocationLineStore) readonly lines: AllocationLineStore,
    @Inject(TaskService) readonly tasks: TaskService,
  ) {}
}

/** Carries out exactly what was simulated, each case looked at again; one that was cut off goes on where it was. */
@Injectable()
export class OrderRunner implements BeforeApplicationShutdown {
  constructor(
    @Inject(AllocationOrders) readonly runs: AllocationOrders,
    @Inject(OrderTables) private readonly tables: OrderTables,
    @Inject(PlacingService) private readonly placing: PlacingService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  run(institutionId: string, runId: string, isLastTry = false): Promise<void> {
    return this.runs.carryOut(institutionId, runId, isLastTry, (run) => this.carryOut(run));
  }

  private async carryOut(run: Run): Promise<RunSummary> {
    const { institutionId, id } = run;
    const { allocations, lines } = this.tables;
    const allocation = await run.write((tx) => allocations.allocationOf(tx, institutionId, id));
    if (allocation === null || allocation.orderReasonSealed === null) throw new Error('the allocation is gone');
    const { all, done } = await run.write((tx) => lines.count(tx, allocation.id));
    let carriedOut = done;
    run.progress(carriedOut, all);
    for (;;) {
      const many = await run.write((tx) => this.batch(tx, institutionId, allocation));
      if (many === 0) break;
      carriedOut += many;
      run.progress(carriedOut, all);
    }
    return run.write(async (tx) => {
      const summary = await lines.summary(tx, allocation.id);
      if (summary.waiting > 0)
        await this.tables.tasks.open(
          tx,
          institutionId,
          { kind: 'give-referral-notice', resource: `allocation/${allocation.id}`, detail: { cases: summary.waiting } },
          await this.now(tx),
        );
      return summary;
    });
  }

  private async batch(tx: Tx, institutionId: string, allocation: AllocationRecord): Promise<number> {
    const { lines } = this.tables;
    const next = await lines.next(tx, allocation.id, BATCH);
    if (next.length === 0) return 0;
    await this.placing.hold(
      tx,
      institutionId,
      allocation.content.targets.map(({ agencyId }) => agencyId),
      next.map(({ id }) => id),
    );
    const changed = await lines.changed(
      tx,
      allocation.id,
      next.map(({ seq }) => seq),
    );
    const same = next.filter(({ seq }) => !changed.has(seq));
    const asks = same.map(({ id, agencyId }) => ({ caseUuid: id, agencyId, noticeAt: null }));
    const order: Order = {
      allocation: allocation.id,
      by: allocation.orderedBy ?? 'system',
      reason: this.vault.open(allocation.orderReasonSealed ?? Buffer.alloc(0), ORDER_REASON),
      at: await this.now(tx),
    };
    const placed = new Map((await this.placing.place(tx, institutionId, asks, order)).map((one) => [one.caseUuid, one]));
    const outcomes = next.map(({ seq, id }) => {
      const one = placed.get(id);
      if (!one) return { seq, outcome: 'skipped', detail: 'changed' };
      const detail = one.blocks[0]?.code ?? null;
      return { seq, outcome: one.state === 'refused' ? 'skipped' : one.state, detail };
    });
    await lines.settle(tx, allocation.id, outcomes);
    return next.length;
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}
