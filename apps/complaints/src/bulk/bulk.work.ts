import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { BULK_APPROVED, BulkRunner } from './bulk.runner.ts';

@Injectable()
export class BulkWork implements RoomWork {
  readonly files: NonNullable<RoomWork['files']>;

  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(BulkRunner) private readonly runner: BulkRunner,
  ) {
    this.files = { [BULK_APPROVED]: ({ institutionId = '', bulkId = '' }, { isLast }) => runner.run(institutionId, bulkId, isLast) };
  }

  sweep(tx: Tx): Promise<void> {
    return this.runner.runs.wakeAbandoned(tx, this.config.staleAfterMs);
  }
}
