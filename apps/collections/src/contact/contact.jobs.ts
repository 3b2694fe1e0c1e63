import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { ContactStore } from './contact.store.ts';

const BATCH = 5000;

/** Work that time brings: permits lapse. */
@Injectable()
export class ContactJobs {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ContactStore) private readonly store: ContactStore,
  ) {}

  /** Marks every permit whose time is over; returns how many. May run in any number of workers at once. */
  async lapsePermits(): Promise<number> {
    let total = 0;
    for (;;) {
      const lapsed = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) =>
        this.store.lapse(tx, this.clock.override, BATCH),
      );
      total += lapsed;
      if (lapsed < BATCH) return total;
    }
  }
}
