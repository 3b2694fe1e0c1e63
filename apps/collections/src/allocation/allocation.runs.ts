import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Runs } from '#runs';
import { ALLOCATION_ORDERED, ALLOCATION_REQUESTED } from './allocation.topic.ts';
import { AllocationLineStore } from './line.store.ts';

/** The work of simulations: woken, begun again, ended. */
@Injectable()
export class AllocationRuns extends Runs {
  constructor(@Inject(DataSource) database: DataSource, @Inject(AllocationLineStore) lines: AllocationLineStore) {
    const clear = (...[tx, id]: Parameters<AllocationLineStore['clear']>): Promise<void> => lines.clear(tx, id);
    super(database, { table: 'allocation', topic: ALLOCATION_REQUESTED, idName: 'allocationId', clear });
  }
}

/** The work of carrying them out; what an earlier try has done stays done. */
@Injectable()
export class AllocationOrders extends Runs {
  constructor(@Inject(DataSource) database: DataSource) {
    super(database, { table: 'allocation_run', topic: ALLOCATION_ORDERED, idName: 'runId' });
  }
}
