import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import { claimDay, type RoomWork } from '#jobs';
import { databaseNow, EVERY_INSTITUTION, inTransaction } from '#pg';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { PlanService } from './plan.service.ts';

const HOUR = 1;
const DRAW = 'quality.draw';

/** Draws the recordings of the week that is over, for every institution that has said how much. Looked at every day, so that no week is left out. */
@Injectable()
export class QualityWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'qualityEveryMs'>,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PlanService) private readonly plans: PlanService,
  ) {}

  get clockwork() {
    return [{ name: DRAW, everyMs: this.config.qualityEveryMs, run: async () => void (await this.drawDue()) }];
  }

  /** How many institutions had something drawn. */
  async drawDue(): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const day = await claimDay(tx, DRAW, this.clock.override, { hour: HOUR, zone: DEFAULT_TIME_ZONE });
      return day === null ? 0 : this.plans.drawWeek(tx, day, this.clock.override ?? (await databaseNow(tx)));
    });
  }
}
