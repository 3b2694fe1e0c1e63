import type { Channel, Consent, ConsentKind, ContactInput, PastContact } from './types.ts';
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

/** Whether the time of day (ms) lies in [from, to); a window whose end is before its start crosses midnight. */
export const coversTimeOfDay = (time: number, from: number, to: number): boolean =>
  from < to ? time >= from && time < to : time >= from || time < to;

/** Whether a consent of the kind is in force for the channel at the instant (rules.md: given, not withdrawn, channel and local time covered). */
export function hasConsent(asked: Asked, kind: ConsentKind, channel: Channel, at: number): boolean {
  return (asked.facts.consents ?? []).some(
    (consent) =>
      consent.kind === kind &&
      consent.channels.includes(channel) &&
      consent.givenAt <= at &&
      (consent.withdrawnAt === null || at < consent.withdrawnAt) &&
      (consent.window === null || coversTimeOfDay(asked.zone.timeOfDay(at), consent.window.from, consent.window.to)),
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
export function consentBoundaries(asked: Asked, kind: ConsentKind, at: number, alsoTimes: readonly number[] = []): number[] {
  const consents: readonly Consent[] = (asked.facts.consents ?? []).filter((consent) => consent.kind === kind);
  const changes = consents
    .flatMap(({ givenAt, withdrawnAt }) => (withdrawnAt === null ? [givenAt] : [givenAt, withdrawnAt]))
    .filter((instant) => instant > at);
  const times = [...alsoTimes, ...consents.flatMap(({ window }) => (window ? [window.from, window.to] : []))];
  return [...changes, ...[at, ...changes].flatMap((base) => timesOfDayAfter(asked.zone, base, times))];
}
