import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import type { At } from './aftercare.desk.ts';
import { AfterDeadlineStore, type Deadline } from './after-deadline.store.ts';
import type { DeadlineKind } from './after-kinds.ts';

const BATCH = 500;

/** Of a deadline, what the matter says; the rest follows from its complaint. */
export type DeadlineOf = Omit<Deadline, 'institutionId' | 'complaintId' | 'timeZone' | 'setAt'>;

/** What has to be done by when after a decision: reminded of and escalated, each once. */
@Injectable()
export class AfterDeadlineService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AfterDeadlineStore) private readonly store: AfterDeadlineStore,
  ) {}

  async set({ tx, record, now }: Pick<At, 'tx' | 'record' | 'now'>, deadline: DeadlineOf): Promise<void> {
    const { institutionId, id: complaintId, timeZone } = record;
    await this.store.set(tx, { ...deadline, institutionId, complaintId, timeZone, setAt: now });
  }

  end(tx: Tx, kind: DeadlineKind, refs: readonly string[], at: Date): Promise<void> {
    return this.store.end(tx, kind, refs, at);
  }

  /** Fires every step that is owed and has not been; returns how many. Any number of workers may do so at once. */
  async fire(): Promise<number> {
    let total = 0;
    for (;;) {
      const { matters, steps } = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) =>
        this.store.fire(tx, this.clock.override, BATCH),
      );
      total += steps;
      if (matters < BATCH) return total;
    }
  }
}
