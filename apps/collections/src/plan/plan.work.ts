import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import type { RoomWork } from '#jobs';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { PromiseSettlement } from '../promise/promise-settlement.ts';
import { PlanSettlement } from './plan-settlement.ts';

/** Says of promises and plans that their time is over. The gate does not wait for it: the hold of a plan ends by itself. */
@Injectable()
export class RepaymentWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'repaymentsEveryMs'>,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PromiseSettlement) private readonly promises: PromiseSettlement,
    @Inject(PlanSettlement) private readonly plans: PlanSettlement,
  ) {}

  get clockwork() {
    return [{ name: 'repayments.settle', everyMs: this.config.repaymentsEveryMs, run: () => this.settleDue() }];
  }

  /** Piece by piece, each in a transaction of its own; twice at once does no harm. */
  async settleDue(): Promise<void> {
    const steps = [
      (tx: Tx, now: Date) => this.plans.breakDue(tx, now),
      (tx: Tx, now: Date) => this.plans.endCleared(tx, now),
      (tx: Tx, now: Date) => this.promises.breakDue(tx, now),
    ];
    for (const step of steps) {
      const piece = (): Promise<number> =>
        inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) =>
          step(tx, this.clock.override ?? (await databaseNow(tx))),
        );
      while ((await piece()) > 0);
    }
  }
}
