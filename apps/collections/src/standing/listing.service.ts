import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import type { Tx } from '#pg';
import { listingSteps } from './listing.ts';
import { PublicationStore } from './publication.store.ts';

/** What the published list says, for good: a row for each time and each wording. */
@Injectable()
export class ListingService {
  constructor(@Inject(PublicationStore) private readonly store: PublicationStore) {}

  /**
   * Writes what the list says of these agencies from now on, as they are registered; nothing where it says so already. To be called whenever the name,
   * the licence, the telephone or the address of an agency has changed; a change of its standing does it itself. `because`: why each leaves.
   */
  async refresh(
    tx: Tx,
    institutionId: string,
    agencyIds: readonly string[],
    now: Date,
    because: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    if (agencyIds.length === 0) return;
    const agencies = await this.store.load(tx, institutionId, agencyIds, DEFAULT_TIME_ZONE);
    const steps = agencies.map((agency) => listingSteps(agency, now, because.get(agency.agencyId) ?? null));
    await this.store.write(
      tx,
      institutionId,
      steps.flatMap(({ closing }) => closing ?? []),
      steps.flatMap(({ opening }) => opening ?? []),
    );
  }
}
