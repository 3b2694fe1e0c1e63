import { AllocationDesk } from '../src/allocation/allocation.desk.ts';
import type { AllocationRuleRequest, AllocationView } from '../src/allocation/allocation.dto.ts';
import { AllocationRunner } from '../src/allocation/allocation.runner.ts';
import { AllocationOrders, AllocationRuns } from '../src/allocation/allocation.runs.ts';
import { AllocationService } from '../src/allocation/allocation.service.ts';
import { AllocationStore } from '../src/allocation/allocation.store.ts';
import { AllocationLineStore } from '../src/allocation/line.store.ts';
import { OrderRunner, OrderTables } from '../src/allocation/order.runner.ts';
import { OrderParts, OrderService } from '../src/allocation/order.service.ts';
import { PlacingService } from '../src/entrustment/placing.service.ts';
import { EntrustmentRoom } from './entrustment-room.ts';
import { BANK, principal, type Stage } from './stage.ts';

export const manager = principal('collections-manager');

/** The room where cases are shared out among agencies, on a stage. */
export class AllocationRoom {
  readonly entrustments: EntrustmentRoom;
  readonly service: AllocationService;
  readonly orders: OrderService;
  readonly simulations: AllocationRunner;
  readonly runs: OrderRunner;

  constructor(private readonly stage: Stage) {
    const { source, clock, vault } = stage;
    this.entrustments = new EntrustmentRoom(stage);
    const [store, lines] = [new AllocationStore(), new AllocationLineStore()];
    const { tables, desk: floor, settings, acts, tasks } = this.entrustments;
    const placing = new PlacingService(tables, floor, vault);
    const desk = new AllocationDesk(source, clock, store);
    const orders = new AllocationOrders(source);
    const orderTables = new OrderTables(store, lines, tasks);
    const runs = new AllocationRuns(source, lines);
    this.service = new AllocationService(desk, store, runs, settings, vault);
    this.orders = new OrderService(desk, orders, new OrderParts(orderTables, settings, acts, vault));
    this.simulations = new AllocationRunner(runs, store, lines, placing, clock);
    this.runs = new OrderRunner(orders, orderTables, placing, clock, vault);
  }

  /** Sets the rule, asks, and does the work. */
  async simulate(rule: Partial<AllocationRuleRequest>): Promise<AllocationView> {
    const usual = { name: 'rule', products: [], regions: [], currency: 'CNY', by: 'share', targets: [] } as const;
    const { id: ruleId } = await this.service.addRule(manager, { ...usual, ...rule } as AllocationRuleRequest, null);
    const { id } = await this.service.simulate(manager, ruleId, null);
    await this.simulations.run(BANK, id);
    return this.service.find(manager, id);
  }

  /** Does what was ordered. */
  async carryOut(allocationId: string): Promise<AllocationView> {
    const [run] = await this.stage.sql<{ id: string }>('select id from allocation_run where allocation = $1', [allocationId]);
    if (run) await this.runs.run(BANK, run.id);
    return this.service.find(manager, allocationId);
  }
}
