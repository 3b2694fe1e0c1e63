export const COLLECTION_HOLD = 'complaint.collection-hold';
/** What collections tells us when it sets a hold later than we asked for it. */
export const HOLD_CHANGED = 'collections.complaint-hold';

/** The whole of what a complaint asks of collections, so that of two the one with the higher version holds, whichever comes first. */
export interface HoldRequest {
  readonly complaintId: string;
  readonly version: number;
  readonly account: string;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly channel: string | null;
  /** The id of a contact point of collections. */
  readonly contactPoint: string | null;
  readonly from: string;
  /** Null: until it is said. */
  readonly until: string | null;
  readonly number: string;
}

/** What collections answers to a request. */
export interface HoldResult {
  readonly state: 'set' | 'lifted' | 'no-case';
  readonly debtorId: string | null;
  readonly caseId: string | null;
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export type AskedHold = Pick<HoldRequest, 'complaintId' | 'version' | 'account'>;

/** Which request a message of collections is about. Throws Error where it does not say. */
export function readAskedHold(payload: unknown): AskedHold {
  const { complaintId, version, account } = payload as Record<string, unknown>;
  if (typeof complaintId !== 'string' || typeof version !== 'number' || typeof account !== 'string')
    throw new Error('what collections says of a hold cannot be read');
  return { complaintId, version, account };
}

/** Throws Error for what is none: it comes from another service. */
export function readHoldResult(result: unknown): HoldResult {
  const { state, debtorId, caseId } = result as Record<string, unknown>;
  if (state !== 'set' && state !== 'lifted' && state !== 'no-case') throw new Error(`collections answered a hold with ${String(state)}`);
  return { state, debtorId: textOrNull(debtorId), caseId: textOrNull(caseId) };
}
