import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import { Anchors } from './anchors.ts';
import { Sealer } from './sealer.ts';
import { forgetSignIns } from './sign-in.service.ts';
import type { EvidenceConfig } from './settings.ts';

/** Seals what was recorded, and leaves heads outside. */
@Injectable()
export class EvidenceWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: EvidenceConfig,
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(Anchors) private readonly anchors: Anchors,
  ) {}

  async sweep(tx: Tx): Promise<void> {
    await forgetSignIns(tx);
  }

  get clockwork() {
    const { sealEveryMs, anchorsEveryMs } = this.config;
    return [
      { name: 'evidence.seal', everyMs: sealEveryMs, run: async () => void (await this.sealer.sealAll()) },
      { name: 'evidence.anchor', everyMs: anchorsEveryMs, run: async () => void (await this.anchors.run()) },
    ];
  }
}
