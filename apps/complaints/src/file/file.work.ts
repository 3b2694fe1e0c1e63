import { Inject, Injectable } from '@nestjs/common';
import type { JobHandler, RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { FILE_SCAN_DUE } from './file.service.ts';
import { ScanService } from './scan.service.ts';

/** What the worker does with files of complaints: the scanner looks at them, which takes as long as it takes. */
@Injectable()
export class ComplaintFileWork implements RoomWork {
  constructor(
    @Inject(ScanService) private readonly scans: ScanService,
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'staleAfterMs'>,
  ) {}

  get files(): Record<string, JobHandler> {
    return { [FILE_SCAN_DUE]: ({ institutionId = '', fileId = '' }) => this.scans.scan(institutionId, fileId) };
  }

  async sweep(tx: Tx): Promise<void> {
    await this.scans.wake(tx, this.config.staleAfterMs);
  }
}
