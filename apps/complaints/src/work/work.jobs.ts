import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { WorkSweepStore } from './work-sweep.store.ts';

const BATCH = 500;

/** What time brings to tasks. */
@Injectable()
export class WorkJobs implements BeforeApplicationShutdown {
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(WorkSweepStore) private readonly store: WorkSweepStore,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** Reminds and escalates all that is owed; returns how many. May run anywhere at once, and end anywhere. */
  async fire(): Promise<number> {
    let total = 0;
    while (!this.stopped) {
      const { tasks, fired } = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) =>
        this.store.fire(tx, this.clock.override, BATCH),
      );
      total += fired;
      if (tasks < BATCH) break;
    }
    return total;
  }
}
