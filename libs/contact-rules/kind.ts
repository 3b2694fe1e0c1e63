import type { AgencyFacts, Channel, Consent, ConsentKind, ContactInput, PastContact } from './types.ts';
import type { Zone } from './zone.ts';

/** Why a rule does not pass: a fact that is not known, or the numbers compared. */
export type Failure =
  | { readonly missing: string }
  | {
      readonly missing?: undefined;
      readonly limit: number | null;
      readonly counted: number | null;
      readonly detail: Readonly<Record<string, string>>;
    };

export interface Asked extends ContactInput {
  readonly zone: Zone;
}

/** A rule kind. `Params` come from the pack row. */
export interface Kind<Params> {
  /** Null when the contact passes at the instant. */
  judge(asked: Asked, params: Params, at: number): Failure | null;
  /**
   * Instants later than `at` at which the answer can turn, enough of them that the first passing one (or, for a permit, the first
   * refused one) is among them. Any order, repeats allowed. Empty where time cures nothing.
   */
  boundaries(asked: Asked, params: Params, at: number): readonly number[];
}

export const failed = (
  limit: number | null = null,
  counted: number | null = null,
  detail: Readonly<Record<string, string>> = {},
): Failure => ({
  limit,
  counted,
  detail,
});

/** Whether a past contact belongs to the debtor of the proposed one; where either does not say, it does. */
export function isOfSameDebtor(past: PastContact, { proposed }: Asked): boolean {
  return proposed.debtorId === null || past.debtorId === null || past.debtorId === proposed.debtorId;
}

/** The same person: by id where both are known by one, else by contact point. Party ids are those of a debtor's file: another debtor's p2 is someone else. */
export function isSameParty(past: PastContact, asked: Asked): boolean {
  const { partyId, contactPoint } = asked.proposed;
  if (past.partyId !== null && partyId !== null) return past.partyId === partyId && isOfSameDebtor(past, asked);
  return past.contactPoint !== null && past.contactPoint === contactPoint;
}

/** The agency that makes the contact, by its id; null: the bank itself, or an agency without an id. */
export const agencyOf = ({ proposed, facts }: Asked): string | null => proposed.agencyId ?? facts.agency?.agencyId ?? null;

/** Whether an agency makes the contact. Facts of an agency say so as well. */
export const isByAgency = ({ proposed, facts }: Asked): boolean => proposed.agencyId !== null || facts.agency !== null;

/** What is known of the agency that asks; null where nothing is, or where the facts are those of another. */
export function agencyFacts({ proposed, facts }: Asked): AgencyFacts | null {
  const { agency } = facts;
  const isOther = agency !== null && agency.agencyId !== null && proposed.agencyId !== null && agency.agencyId !== proposed.agencyId;
  return isOther ? null : agency;
}

/** Whether a permit without an outcome counts no more at the instant. */
export const isLapsed = (past: PastContact, at: number): boolean => past.result === null && past.lapsesAt !== null && past.lapsesAt <= at;

/** Whether the time of day (ms) lies in [from, to); a window whose end is before its start crosses midnight. */
export const coversTimeOfDay = (time: number, from: number, to: number): boolean =>
  from < to ? time >= from && time < to : time >= from || time < to;

/** Whether the consent covers the channel and the instant: given, not withdrawn, not over after its days, local time covered. */
function isConsentFor(consent: Consent, zone: Zone, channel: Channel, at: number, days: number | null): boolean {
  const { givenAt, withdrawnAt, window } = consent;
  return (
    consent.channels.includes(channel) &&
    givenAt <= at &&
    (withdrawnAt === null || at < withdrawnAt) &&
    (days === null || at < zone.addDays(givenAt, days)) &&
    (window === null || coversTimeOfDay(zone.timeOfDay(at), window.from, window.to))
  );
}

export interface ConsentTerms {
  /** The consent counts on its local day and the days after it, so many in all; null: until it is withdrawn. */
  readonly days?: number | null;
  /** Only a consent given after this instant. */
  readonly after?: number;
}

/** Whether a consent of the kind is in force for the channel at the instant (rules.md: given, not withdrawn, channel and local time covered). */
export function hasConsent(asked: Asked, kind: ConsentKind, channel: Channel, at: number, terms?: ConsentTerms): boolean {
  const { consents } = asked.facts;
  if (consents === null || consents.length === 0) return false;
  const { days = null, after = Number.NEGATIVE_INFINITY } = terms ?? {};
  return consents.some(
    (consent) => consent.kind === kind && consent.givenAt > after && isConsentFor(consent, asked.zone, channel, at, days),
  );
}

/** Instants after `at` at which one of the wall-clock times is reached or the wall clock jumps, on the local day of `at` and the two after it. */
export function timesOfDayAfter(zone: Zone, at: number, times: readonly number[]): number[] {
  const found: number[] = [];
  let day = at;
  for (let days = 0; days < 3; days += 1) {
    found.push(...zone.turnsOfDay(day, times));
    // 24:00 is the start of the next day.
    day = zone.nextDayStart(day);
  }
  return [...found, day].filter((instant) => instant > at);
}

/** When consents of a kind begin, end, and open or close during the days that follow `at` and each of those changes. */
export function consentBoundaries(
  asked: Asked,
  kind: ConsentKind,
  at: number,
  alsoTimes: readonly number[] = [],
  days: number | null = null,
): number[] {
  const { zone, facts } = asked;
  const consents: readonly Consent[] = (facts.consents ?? []).filter((consent) => consent.kind === kind);
  const changes = consents
    .flatMap(({ givenAt, withdrawnAt }) => [
      givenAt,
      ...(withdrawnAt === null ? [] : [withdrawnAt]),
      ...(days === null ? [] : [zone.addDays(givenAt, days)]),
    ])
    .filter((instant) => instant > at);
  const times = [...alsoTimes, ...consents.flatMap(({ window }) => (window ? [window.from, window.to] : []))];
  return [...changes, ...[at, ...changes].flatMap((base) => timesOfDayAfter(zone, base, times))];
}
