import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { standingOn } from '../agency/standing.ts';
import type { CaseAgencyView, TakeBackView, ConsentView, HoldView, OptOutView } from './case.dto.ts';
import type { CaseRecord } from './case.store.ts';

type Item<Key extends 'holds' | 'consents' | 'optOuts'> = CaseRecord[Key][number];

/** PostgreSQL's text of an instant in the local time of the debtor. */
export const localInstant = (timeZone: string, text: string): string => Zone.of(timeZone).format(Date.parse(text));
const orNull = (timeZone: string, text: string | null): string | null => (text === null ? null : localInstant(timeZone, text));

export const toHoldView = (hold: Item<'holds'>, timeZone: string): HoldView => ({
  id: hold.id,
  kind: hold.kind,
  from: localInstant(timeZone, hold.from),
  until: orNull(timeZone, hold.until),
  scope: hold.scope,
  cause: hold.cause,
});

export const toConsentView = (consent: Item<'consents'>, timeZone: string): ConsentView => ({
  id: consent.id,
  partyId: consent.partyId,
  kind: consent.kind,
  channels: consent.channels,
  from: consent.from,
  to: consent.to,
  givenAt: localInstant(timeZone, consent.givenAt),
  withdrawnAt: orNull(timeZone, consent.withdrawnAt),
});

export const toOptOutView = (optOut: Item<'optOuts'>, timeZone: string): OptOutView => ({
  id: optOut.id,
  partyId: optOut.partyId,
  channel: optOut.channel,
  contactPointId: optOut.contactPointId,
  at: localInstant(timeZone, optOut.at),
  withdrawnAt: orNull(timeZone, optOut.withdrawnAt),
  evidence: optOut.evidence,
});

/** The agency that has the case, as it stands on the debtor's local day. */
export function toAgencyView({ agencyId, agency, timeZone }: CaseRecord, now: Date): CaseAgencyView | null {
  if (agencyId === null) return null;
  if (agency === null) return { agencyId, name: null, phone: null, good: false, reasons: ['not-registered'] };
  const { good, reasons } = standingOn(Zone.of(timeZone).format(now.getTime()).slice(0, 10), agency);
  return { agencyId, name: agency.name, phone: agency.phone, good, reasons };
}

/** Null: nobody has to take the case back. By the local day of the institution, as its contracts are. */
export function toTakeBackView({ agency, state }: CaseRecord, now: Date): TakeBackView | null {
  if (agency === null || state !== 'open') return null;
  const zone = Zone.of(DEFAULT_TIME_ZONE);
  const { good, reasons } = standingOn(zone.format(now.getTime()).slice(0, 10), agency);
  const [reason] = reasons;
  if (good || reason === undefined) return null;
  return {
    since: localInstant(DEFAULT_TIME_ZONE, agency.barredSince ?? agency.overSince ?? agency.registeredAt),
    reason,
    responsible: { person: agency.responsible, role: 'collections-manager' },
  };
}
