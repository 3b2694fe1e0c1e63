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

/** What collections answers to a request. */
export interface HoldResult {
  readonly state: 'set' | 'lifted' | 'no-case';
  readonly debtorId: string | null;
  readonly caseId: string | null;
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Throws Error for what is none: it comes from another service. */
export function readHoldResult(result: Readonly<Record<string, unknown>>): HoldResult {
  const { state } = result;
  if (state !== 'set' && state !== 'lifted' && state !== 'no-case') throw new Error(`collections answered a hold with ${String(state)}`);
  return { state, debtorId: textOrNull(result.debtorId), caseId: textOrNull(result.caseId) };
}
