import { CHANNELS, type Channel } from '#contact-rules';
import { isInstant, isUuid } from '#wire';

/** What the complaints service asks for. */
export const COLLECTION_HOLD = 'complaint.collection-hold';
/** What we tell it when a hold is set later than it was asked for. */
export const HOLD_CHANGED = 'collections.complaint-hold';

/** The whole of what a complaint asks for. */
export interface HoldRequest {
  readonly complaintId: string;
  readonly version: number;
  readonly account: string;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly channel: Channel | null;
  /** The id of one of our contact points: only that number or address. */
  readonly contactPoint: string | null;
  readonly from: string;
  readonly until: string | null;
  readonly number: string;
}

/** A type, not an interface: it is what an event carries. */
export type HoldOutcome = {
  readonly state: 'set' | 'lifted' | 'no-case';
  readonly debtorId?: string;
  readonly caseId?: string;
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Throws Error for what is none: it comes from another service. */
export function readHoldRequest(payload: unknown): HoldRequest {
  const { complaintId, version, account, agencyId, collectorId, channel, contactPoint, from, until, number } = payload as Record<
    string,
    unknown
  >;
  const whole = isText(complaintId) && isUuid(complaintId) && Number.isSafeInteger(version) && isText(account) && isText(number);
  if (!whole || !isInstant(from) || !(until === null || isInstant(until))) throw new Error('a request for a hold cannot be read');
  const orNull = (value: unknown): string | null => (isText(value) ? value : null);
  return {
    complaintId,
    version: Number(version),
    account,
    number,
    from,
    until,
    agencyId: orNull(agencyId),
    collectorId: orNull(collectorId),
    // One that we do not know holds all: rather too much than nothing.
    channel: CHANNELS.find((one) => one === channel) ?? null,
    contactPoint: isText(contactPoint) && isUuid(contactPoint) ? contactPoint : null,
  };
}
