import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import { UploadService } from '#uploads';
import type { ComplaintsConfig } from '../config.ts';
import { EXPORT_REQUESTED, ExportRunner } from './export.runner.ts';
import { ExportStore } from './export.store.ts';

@Injectable()
export class ExportWork implements RoomWork {
  readonly files: NonNullable<RoomWork['files']>;

  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(ExportRunner) private readonly runner: ExportRunner,
    @Inject(ExportStore) private readonly store: ExportStore,
    @Inject(UploadService) private readonly uploads: UploadService,
  ) {
    this.files = { [EXPORT_REQUESTED]: ({ institutionId = '', exportId = '' }, { isLast }) => runner.run(institutionId, exportId, isLast) };
  }

  /** Wakes what nobody works on, and removes files whose time is over. */
  async sweep(tx: Tx): Promise<void> {
    await this.runner.runs.wakeAbandoned(tx, this.config.staleAfterMs);
    const over = await this.store.expire(tx, null);
    if (over.length > 0) await this.uploads.remove(tx, over);
  }
}
