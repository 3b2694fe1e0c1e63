import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { claimDay, type RoomWork } from '#jobs';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { CONFIG } from '#service';
import { Anchors } from './anchors.ts';
import { Sealer } from './sealer.ts';
import { Restoring } from './restore.ts';
import { forgetSignIns } from './sign-in.service.ts';
import type { EvidenceConfig } from './settings.ts';

const NEW_MS = 600_000;
const WEEK_MS = 7 * 86_400_000;

/** Seals what was recorded, and leaves heads outside. */
@Injectable()
export class EvidenceWork implements RoomWork {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: EvidenceConfig,
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(Anchors) private readonly anchors: Anchors,
    @Inject(Restoring) private readonly restoring: Restoring,
  ) {}

  async sweep(tx: Tx): Promise<void> {
    await forgetSignIns(tx);
  }

  get clockwork() {
    const { sealEveryMs, anchorsEveryMs, evidenceRecheckEveryMs: recheckEveryMs } = this.config;
    return [
      { name: 'evidence.seal', everyMs: sealEveryMs, run: async () => void (await this.sealer.sealAll()) },
      { name: 'evidence.recheck', everyMs: recheckEveryMs, run: () => this.recheck(recheckEveryMs) },
      { name: 'evidence.anchor', everyMs: anchorsEveryMs, run: async () => void (await this.anchors.run()) },
    ];
  }

  /** What is new every time, and once a day the week: nobody may have looked for hours. */
  private async recheck(everyMs: number): Promise<void> {
    const night = { hour: 3, zone: 'Asia/Shanghai' };
    const day = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) =>
      claimDay(tx, 'evidence-recheck', null, night),
    );
    await this.restoring.run(day !== null ? WEEK_MS : Math.max(NEW_MS, 10 * everyMs));
  }
}
