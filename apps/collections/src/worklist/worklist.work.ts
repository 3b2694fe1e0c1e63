import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RoomWork } from '#jobs';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { WorklistRefresh } from './worklist.refresh.ts';

/** The order of the work is made anew again and again: days pass, logs come in, promises break. */
@Injectable()
export class WorklistWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'worklistRefreshEveryMs'>,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(WorklistRefresh) private readonly refresh: WorklistRefresh,
  ) {}

  get clockwork() {
    const run = async (): Promise<void> => {
      const institutions = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) => this.refresh.institutions(tx));
      for (const one of institutions) await this.refresh.run(one);
    };
    return [{ name: 'worklist.refresh', everyMs: this.config.worklistRefreshEveryMs, run }];
  }
}
