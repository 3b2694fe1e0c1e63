import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { DeadlineStore } from './deadline.store.ts';

const BATCH = 500;

/** Work that time brings to complaints: reminders, escalations, terms that end. */
@Injectable()
export class DeadlineJobs implements BeforeApplicationShutdown {
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DeadlineStore) private readonly store: DeadlineStore,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** Fires every milestone that is owed and has not been; returns how many. May run in any number of workers at once, and end anywhere. */
  async fireMilestones(): Promise<number> {
    let total = 0;
    while (!this.stopped) {
      const { complaints, milestones } = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) =>
        this.store.fire(tx, this.clock.override, BATCH),
      );
      total += milestones;
      if (complaints < BATCH) break;
    }
    return total;
  }
}
