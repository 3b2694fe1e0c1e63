import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import { databaseNow, type Tx } from '#pg';
import { holdGates } from '../gates.ts';
import type { RevocationReason } from './revocation-reasons.ts';
import { RevocationService } from './revocation.service.ts';

// Of more cases the gates of the whole institution wait for a moment, rather than as many seats.
const MOST_SEATS = 20;

/** Takes back the open permits of cases when contact on them stops, so that none is still on its way. */
@Injectable()
export class Stopping {
  constructor(
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Waits for the gates in flight of the cases and keeps new ones waiting until the transaction ends; best before rows are locked. */
  async hold(tx: Tx, institutionId: string, caseUuids: readonly string[]): Promise<void> {
    if (caseUuids.length > MOST_SEATS) await holdGates(tx, institutionId);
    else await tx.query('select take_seats_of($1, $2)', [institutionId, caseUuids]);
  }

  /** How many were taken back. */
  async revoke(tx: Tx, institutionId: string, caseUuids: readonly string[], reason: RevocationReason): Promise<number> {
    if (caseUuids.length === 0) return 0;
    await this.hold(tx, institutionId, caseUuids);
    return this.takeBack(tx, institutionId, caseUuids, reason);
  }

  /** The same for every case of the debtor of one: they have one seat, however many they are. */
  async revokeOfDebtor(tx: Tx, institutionId: string, caseUuid: string): Promise<number> {
    await this.hold(tx, institutionId, [caseUuid]);
    const cases = await tx.query<{ id: string }>(
      'select id from collection_case where debtor = (select debtor from collection_case where id = $1) order by id',
      [caseUuid],
    );
    return this.takeBack(
      tx,
      institutionId,
      cases.map(({ id }) => id),
      'collection-stopped',
    );
  }

  private async takeBack(tx: Tx, institutionId: string, caseUuids: readonly string[], reason: RevocationReason): Promise<number> {
    const at = this.clock.override ?? (await databaseNow(tx));
    return this.revocations.revokeOfCases(tx, institutionId, caseUuids, reason, at);
  }
}
