import { Inject, Injectable } from '@nestjs/common';
import { localDay } from '../oversight/local-days.ts';
import { eachAlone } from '../oversight/each-alone.ts';
import { OversightDesk, systemOf } from '../oversight/oversight.desk.ts';
import { EffectService } from './effect.service.ts';
import { SanctionDesk } from './sanction.desk.ts';
import { SanctionStore } from './sanction.store.ts';

/** Ends suspensions on the day after their last. Any number of workers may look at once; what was missed while nobody looked is made up for. */
@Injectable()
export class SanctionClock {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(SanctionDesk) private readonly desk: SanctionDesk,
    @Inject(SanctionStore) private readonly store: SanctionStore,
    @Inject(EffectService) private readonly effects: EffectService,
  ) {}

  async run(): Promise<void> {
    const over = await this.oversight.readAll(async (tx) => this.store.over(tx, localDay(await this.oversight.now(tx))));
    await eachAlone(over, ({ institutionId, id }) =>
      this.oversight.read({ institutionId }, async (tx) => {
        const system = systemOf(institutionId);
        const record = await this.desk.locked(tx, system, id);
        const at = await this.oversight.now(tx);
        if (record.state !== 'in-force' || record.untilOn === null || record.untilOn >= localDay(at)) return;
        await this.store.end(tx, id, { state: 'ended', by: system.subject, at, noteSealed: null });
        await this.effects.over(tx, system, record, { action: 'sanction-ended', at });
      }),
    );
  }
}
