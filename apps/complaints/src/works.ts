import { Inject, Injectable } from '@nestjs/common';
import { IMPORT_REQUESTED, ImportRunner } from '#imports';
import { ROOM_WORKS, type RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { ReportJobs } from '#reports';
import { CONFIG } from '#service';
import { UploadService } from '#uploads';
import type { ComplaintsConfig } from './config.ts';
import { TellingService } from './dossier/telling.service.ts';
import { HoldService } from './hold/hold.service.ts';

/** Files that come in, and reports that go out. */
@Injectable()
export class FileWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(ImportRunner) private readonly imports: ImportRunner,
    @Inject(ReportJobs) private readonly reports: ReportJobs,
  ) {}

  get files(): NonNullable<RoomWork['files']> {
    return {
      [IMPORT_REQUESTED]: ({ institutionId = '', importId = '' }, { isLast }) => this.imports.run(institutionId, importId, isLast),
      ...this.reports.files,
    };
  }

  get clockwork() {
    return this.reports.clockwork(this.config);
  }

  async sweep(tx: Tx): Promise<void> {
    await this.imports.wakeAbandoned(tx, this.config.staleAfterMs);
    await this.reports.wakeAbandoned(tx, this.config.staleAfterMs);
  }
}

/** All that the worker does, room by room. */
@Injectable()
export class Works {
  constructor(
    @Inject(ROOM_WORKS) readonly rooms: readonly RoomWork[],
    @Inject(HoldService) readonly holds: HoldService,
    @Inject(TellingService) readonly files: TellingService,
    @Inject(UploadService) readonly uploads: UploadService,
  ) {}
}
