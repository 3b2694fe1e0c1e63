import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { StandingReason } from '../agency/standing.ts';
import { RevocationService } from '../contact/revocation.service.ts';
import { ListingService } from './listing.service.ts';
import { TakeBackService } from './take-back.service.ts';

interface Standing {
  readonly agencyId: string;
  readonly bars: readonly StandingReason[];
}

/** What follows from how an agency stands: its permits, its place on the published list, its cases. */
@Injectable()
export class ConsequenceService {
  constructor(
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(ListingService) private readonly listings: ListingService,
    @Inject(TakeBackService) private readonly takeBacks: TakeBackService,
  ) {}

  /** Takes back the open permits of those that may not contact; how many of each. */
  async revoke(tx: Tx, institutionId: string, standings: readonly Standing[], now: Date): Promise<ReadonlyMap<string, number>> {
    const barred = standings.filter(({ bars }) => bars.length > 0).map(({ agencyId }) => agencyId);
    return this.revocations.revokeOfAgencies(tx, institutionId, barred, 'agency-barred', now);
  }

  /** Once it is written how they stand. */
  async draw(
    tx: Tx,
    institutionId: string,
    standings: readonly Standing[],
    { by, day, now }: { readonly by: string; readonly day: string; readonly now: Date },
  ): Promise<void> {
    const agencyIds = standings.map(({ agencyId }) => agencyId);
    if (agencyIds.length === 0) return;
    const because = new Map(standings.flatMap(({ agencyId, bars: [first] }) => (first === undefined ? [] : [[agencyId, first]])));
    await this.listings.refresh(tx, institutionId, agencyIds, now, because);
    await this.takeBacks.settle(tx, institutionId, agencyIds, { by, day, at: now });
  }
}
