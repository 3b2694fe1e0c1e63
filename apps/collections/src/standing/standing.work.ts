import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RoomWork } from '#jobs';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { RevocationService } from '../contact/revocation.service.ts';
import { dayOf, StandingService } from './standing.service.ts';
import type { Turned } from './standing.store.ts';
import { TakeBackService } from './take-back.service.ts';

const BY = 'system:standing';

/** What is outstanding in one institution. */
interface Outstanding {
  readonly turned: Turned[];
  hasUnfit: boolean;
}

/**
 * What time brings to agencies. The gate refuses by the date without it; this takes back what was permitted before, keeps when it began, and tells who
 * must take cases back. What was missed while nobody worked is found by the next run, with the instant at which it happened.
 */
@Injectable()
export class StandingWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'standingEveryMs'>,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(TakeBackService) private readonly takeBacks: TakeBackService,
  ) {}

  get clockwork() {
    return [{ name: 'standing.turn', everyMs: this.config.standingEveryMs, run: () => this.turn() }];
  }

  /** May run in any number of workers at once. */
  async turn(): Promise<void> {
    for (const [institutionId, work] of await this.outstanding()) {
      await inTransaction(this.database, { institutionId }, async (tx) => {
        if (work.turned.length > 0)
          await this.standings.changeAll(
            tx,
            { institutionId, by: BY },
            work.turned.map(({ agencyId, at }) => ({ agencyId, changes: {}, at })),
            { reason: null, detail: { cause: 'time' }, keep: 'turned' },
          );
        if (work.hasUnfit) {
          const now = await this.standings.holdGates(tx, institutionId);
          await this.revocations.revokeUnfit(tx, institutionId, null, dayOf(now), now);
        }
        const at = await this.standings.now(tx);
        await this.takeBacks.settle(tx, institutionId, null, { by: BY, day: dayOf(at), at });
      });
    }
  }

  private async outstanding(): Promise<Map<string, Outstanding>> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const now = await this.standings.now(tx);
      const found = new Map<string, Outstanding>();
      const of = (institutionId: string): Outstanding => {
        const one = found.get(institutionId) ?? { turned: [], hasUnfit: false };
        found.set(institutionId, one);
        return one;
      };
      for (const one of await this.standings.turned(tx, now)) of(one.institutionId).turned.push(one);
      for (const institutionId of await this.revocations.institutionsOfUnfit(tx, dayOf(now), now)) of(institutionId).hasUnfit = true;
      for (const institutionId of await this.takeBacks.institutionsToSettle(tx, dayOf(now))) of(institutionId);
      return found;
    });
  }
}
