import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { RevocationReason } from './revocation-reasons.ts';
import { RevocationStore, type RevocationTarget } from './revocation.store.ts';

/**
 * Takes permits back that nobody has used. Whoever does it holds the gates (`holdGates`) and reads the clock then, so that no permit of the kind is
 * still on its way; the counters stop seeing the reservation at that instant. A contact that was under way is reported all the same, and counts.
 */
@Injectable()
export class RevocationService {
  constructor(@Inject(RevocationStore) private readonly store: RevocationStore) {}

  /** Permits that all of what is named have in common; how many. */
  async revoke(tx: Tx, institutionId: string, target: RevocationTarget, reason: RevocationReason, at: Date): Promise<number> {
    return this.store.revoke(tx, institutionId, target, reason, at);
  }

  /** Those of all of these cases, by our ids; how many. */
  async revokeOfCases(tx: Tx, institutionId: string, caseUuids: readonly string[], reason: RevocationReason, at: Date): Promise<number> {
    return caseUuids.length === 0 ? 0 : this.store.revokeOfCases(tx, institutionId, caseUuids, reason, at);
  }

  /** Those of many agencies; how many by agency, without those that had none. */
  async revokeOfAgencies(
    tx: Tx,
    institutionId: string,
    agencyIds: readonly string[],
    reason: RevocationReason,
    at: Date,
  ): Promise<ReadonlyMap<string, number>> {
    return agencyIds.length === 0 ? new Map() : this.store.revokeOfAgencies(tx, institutionId, agencyIds, reason, at);
  }

  /**
   * Those that were given to collectors who have left or whose certificate is over on the local day, or for work tools that have been retired since;
   * how many. Null: of every agency.
   */
  async revokeUnfit(tx: Tx, institutionId: string, agencyIds: readonly string[] | null, day: string, at: Date): Promise<number> {
    return this.store.revokeUnfit(tx, institutionId, agencyIds, day, at);
  }

  /** Institutions where `revokeUnfit` would take something back, in a transaction over all of them. */
  async institutionsOfUnfit(tx: Tx, day: string, at: Date): Promise<string[]> {
    return this.store.institutionsOfUnfit(tx, day, at);
  }

  /** Open permits that `revoke` would take back at the instant. */
  async countOpen(tx: Tx, institutionId: string, agencyId: string, at: Date): Promise<number> {
    return this.store.countOpen(tx, institutionId, agencyId, at);
  }
}
