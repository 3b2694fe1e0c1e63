import { Inject, Injectable } from '@nestjs/common';
import { IMPORT_REQUESTED, ImportRunner } from '#imports';
import { ROOM_WORKS, type RoomWork } from '#jobs';
import { ReportJobs } from '#reports';
import { CONFIG } from '#service';
import { UploadService } from '#uploads';
import type { Tx } from '#pg';
import type { CollectionsConfig } from './config.ts';
import { ContactJobs } from './contact/contact.jobs.ts';
import { DisclosureService } from './disclosure/disclosure.service.ts';
import { HoldService } from './hold/hold.service.ts';

/** What keeps the gate right: permits that lapse, holds that complaints ask for. */
@Injectable()
export class GateWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(ContactJobs) private readonly contacts: ContactJobs,
    @Inject(HoldService) private readonly holds: HoldService,
  ) {}

  get clockwork() {
    return [{ name: 'permits.lapse', everyMs: this.config.lapseEveryMs, run: async () => void (await this.contacts.lapsePermits()) }];
  }

  async sweep(tx: Tx): Promise<void> {
    await this.holds.setWaiting(tx);
  }
}

/** Files that come in, and reports that go out. */
@Injectable()
export class FileWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
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
    @Inject(DisclosureService) readonly disclosures: DisclosureService,
    @Inject(UploadService) readonly uploads: UploadService,
  ) {}
}
