import type { AgencyJson, Channel, ConsentKind, FactsJson, PastContactJson, ProposedJson } from '../index.ts';
import { addDays, localTime, timeOfDay } from './local-time.ts';

/** A contact asked for, on facts as outsiders state them. */
export interface Question {
  readonly proposed: ProposedJson;
  readonly facts: FactsJson;
}

/** Passes, fails, or cannot tell without a fact. */
export type Answer = 'passes' | 'fails' | { readonly missing: string };

/** rules.md section 3, one row, at one instant. */
export type Check = (asked: Question, at: number) => Answer;

export const OBLIGORS = ['debtor', 'co-debtor', 'guarantor'];
const MINUTE_MS = 60_000;

export const zoneOf = ({ facts }: Question): string => facts.timeZone ?? 'Asia/Shanghai';
export const localDate = (asked: Question, at: number): string => localTime(at, zoneOf(asked)).date;
export const isDate = (text: string): boolean => text.length === 10;

/** [from, to) on the wall clock; a window whose end comes first crosses midnight. */
export function isWithin(time: number, from: string, to: string): boolean {
  const [start, end] = [timeOfDay(from), timeOfDay(to)];
  return start < end ? start <= time && time < end : time >= start || time < end;
}

/** Whether an instant or a local date (its first instant) has come. */
export const hasCome = (text: string, asked: Question, at: number): boolean =>
  isDate(text) ? localDate(asked, at) >= text : Date.parse(text) <= at;

/** Whether an instant has come or a local date is over. */
export const isOver = (text: string, asked: Question, at: number): boolean =>
  isDate(text) ? localDate(asked, at) > text : Date.parse(text) <= at;

/**
 * Section 3, Consent: given, not withdrawn, channel and local time covered. `days`: it lifts on its own local day and the days
 * after, so many in all (REGF 1006.14(b)(3)(i)). `since`: only a consent given later.
 */
export function hasConsent(
  asked: Question,
  kind: ConsentKind,
  channel: Channel,
  at: number,
  since = Number.NEGATIVE_INFINITY,
  days = 0,
): boolean {
  return (asked.facts.consents ?? []).some((consent) => {
    if (consent.kind !== kind || !consent.channels.includes(channel)) return false;
    const given = Date.parse(consent.givenAt);
    if (given > at || given <= since) return false;
    if (consent.withdrawnAt && Date.parse(consent.withdrawnAt) <= at) return false;
    if (days > 0 && localDate(asked, at) >= addDays(localDate(asked, given), days)) return false;
    if (!consent.from && !consent.to) return true;
    const { time } = localTime(at, zoneOf(asked));
    const [from, to] = [consent.from ?? '00:00', consent.to ?? '24:00'];
    return (timeOfDay(from) === 0 && timeOfDay(to) === timeOfDay('24:00')) || isWithin(time, from, to);
  });
}

const UNANSWERED = ['busy', 'no-answer', 'voicemail', 'not-in-service', 'invalid-number', 'failed'];
const CONNECTED = ['answered', 'conversation', 'refused'];
/** Section 2, the classes of raw results. Cancelled is in none. */
export const RESULTS_OF: Readonly<Record<string, readonly string[]>> = {
  unanswered: UNANSWERED,
  connected: CONNECTED,
  conversation: ['conversation'],
  placed: [...UNANSWERED, ...CONNECTED, 'delivered'],
  'connected-regf': ['no-answer', 'voicemail', 'failed', 'delivered', ...CONNECTED],
};

export const startOf = (past: PastContactJson): number => Date.parse(past.startedAt);

/** Section 2, Attempt: a permit without an outcome counts until it lapses, by default after 15 minutes for voice and 24 hours for the rest. */
export function isPending(past: PastContactJson, at: number): boolean {
  if (past.result) return false;
  const lapses = past.expiresAt ? Date.parse(past.expiresAt) : startOf(past) + (past.channel === 'voice' ? 15 : 24 * 60) * MINUTE_MS;
  return at < lapses;
}

/** Whether the contact, as known at the instant, is or may still turn out to be of the class. */
export const fallsInto = (past: PastContactJson, results: string, at: number): boolean =>
  past.result ? (RESULTS_OF[results] ?? []).includes(past.result) : isPending(past, at);

/** Where either does not say whose debtor it is, it is the same. */
export const isOfDebtor = (past: PastContactJson, { proposed }: Question): boolean =>
  !past.debtorId || !proposed.debtorId || past.debtorId === proposed.debtorId;

/** Contacts to the debtor are the debtor's; a co-debtor or guarantor is a person of their own. */
export function isToPerson(past: PastContactJson, asked: Question): boolean {
  if (!isOfDebtor(past, asked)) return false;
  const { partyRole, partyId } = asked.proposed;
  if (!partyRole || partyRole === 'debtor') return !past.partyRole || past.partyRole === 'debtor';
  return !!past.partyId && past.partyId === partyId;
}

/** The same person: by id where both have one, else by number. */
export function isSameParty(past: PastContactJson, asked: Question): boolean {
  const { partyId, contactPoint } = asked.proposed;
  if (past.partyId && partyId) return past.partyId === partyId && isOfDebtor(past, asked);
  return !!past.contactPoint && past.contactPoint === contactPoint;
}

/** The agency that makes the contact; facts of an agency say so too. Null: the bank itself. */
export const agencyIdOf = ({ proposed, facts }: Question): string | null => proposed.agencyId ?? facts.agency?.agencyId ?? null;
export const isByAgency = ({ proposed, facts }: Question): boolean => !!proposed.agencyId || !!facts.agency;

/** What is known of the agency that makes the contact; facts of another agency are no help. */
export function agencyOf({ proposed, facts }: Question): AgencyJson | null {
  const { agency } = facts;
  return agency && agency.agencyId && proposed.agencyId && agency.agencyId !== proposed.agencyId ? null : (agency ?? null);
}
