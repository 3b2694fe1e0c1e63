import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { REBUILD_REQUESTED, RebuildService } from './rebuild.service.ts';

@Injectable()
export class SearchWork implements RoomWork {
  readonly files: NonNullable<RoomWork['files']>;

  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(RebuildService) private readonly rebuilds: RebuildService,
  ) {
    this.files = {
      [REBUILD_REQUESTED]: ({ institutionId = '', rebuildId = '' }, { isLast }) => rebuilds.run(institutionId, rebuildId, isLast),
    };
  }

  sweep(tx: Tx): Promise<void> {
    return this.rebuilds.runs.wakeAbandoned(tx, this.config.staleAfterMs);
  }
}
