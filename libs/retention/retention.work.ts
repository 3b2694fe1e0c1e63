import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import { RETENTION_RUN_ASKED, RetentionRunner } from './run.runner.ts';

/** What a worker does about retention: runs that were asked for or approved. Nothing is destroyed by itself. */
@Injectable()
export class RetentionWork implements RoomWork {
  readonly files: NonNullable<RoomWork['files']>;

  constructor(
    @Inject(CONFIG) private readonly config: { readonly staleAfterMs: number },
    @Inject(RetentionRunner) private readonly runner: RetentionRunner,
  ) {
    this.files = { [RETENTION_RUN_ASKED]: ({ institutionId = '', runId = '' }, { isLast }) => runner.run(institutionId, runId, isLast) };
  }

  async sweep(tx: Tx): Promise<void> {
    await this.runner.runs.wakeAbandoned(tx, this.config.staleAfterMs);
  }
}
