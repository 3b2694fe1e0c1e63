import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import type { RoomWork } from '#jobs';
import { databaseNow, EVERY_INSTITUTION, inTransaction } from '#pg';
import { CONFIG } from '#service';
import { ApprovalService } from '../approval/approval.service.ts';
import type { ComplaintsConfig } from '../config.ts';
import { DECISION_APPROVAL } from './decision.desk.ts';
import { DecisionStore } from './decision.store.ts';

const SYSTEM = 'system:decision';
const BATCH = 200;

/** Lets decisions rest that wait though their complaint is closed, so that nobody is asked for them any more. */
@Injectable()
export class DecisionWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'dispatchesEveryMs'>,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DecisionStore) private readonly store: DecisionStore,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  get clockwork() {
    return [{ name: 'decisions.rest', everyMs: this.config.dispatchesEveryMs, run: async () => void (await this.rest()) }];
  }

  /** Returns how many. */
  async rest(): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const stranded = await this.store.stranded(tx, BATCH);
      const now = this.clock.override ?? (await databaseNow(tx));
      for (const { id, institutionId } of stranded)
        if (await this.store.lapse(tx, id, now))
          await this.approvals.moot(tx, { institutionId, kind: DECISION_APPROVAL, ref: id }, SYSTEM, now);
      return stranded.length;
    });
  }
}
