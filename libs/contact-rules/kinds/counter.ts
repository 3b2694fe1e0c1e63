import { agencyOf, consentBoundaries, failed, hasConsent, isLapsed, isOfSameDebtor, isSameParty, type Asked, type Kind } from '../kind.ts';
import { RESULT_CLASSES, type ResultClass } from '../results.ts';
import type { Channel, ConsentKind, Initiator, Mode, PartyRole, PastContact, Result } from '../types.ts';

export interface CounterParams {
  readonly channel: Channel;
  /** Null: contacts of either mode. */
  readonly mode: Mode | null;
  readonly results: ResultClass;
  readonly seat: 'debtor' | 'debt' | 'contact-point';
  readonly scope: 'all-actors' | 'agency' | 'collector';
  readonly window: { readonly kind: 'local-days'; readonly days: number } | { readonly kind: 'rolling'; readonly ms: number };
  readonly cap: number;
  /** The kind of consent that is "other agreement"; null: none lifts this cap. */
  readonly consent: ConsentKind | null;
  /** On how many local days, that of its giving included, the consent lifts; null: until it is withdrawn. */
  readonly consentDays: number | null;
  /** The roles that are counted, each person on their own; null: everybody. */
  readonly obligors: readonly PartyRole[] | null;
  readonly initiators: readonly Initiator[];
}

const isDebtor = (role: PartyRole | null): boolean => role === 'debtor' || role === null;

/** Calls to the debtor count for the debtor whatever the case; a co-debtor or guarantor of this debtor is counted as a person of their own. */
function isSamePerson(past: PastContact, asked: Asked): boolean {
  const { partyRole, partyId } = asked.proposed;
  if (!isOfSameDebtor(past, asked)) return false;
  return isDebtor(partyRole) ? isDebtor(past.partyRole) : past.partyId !== null && past.partyId === partyId;
}

/** The same person about the same debt; a contact whose debt is not known counts for every debt. Someone without an id is known by the contact point. */
function isSameDebt(past: PastContact, asked: Asked): boolean {
  if (past.debtId !== null && past.debtId !== asked.proposed.debtId) return false;
  return isDebtor(asked.proposed.partyRole) ? isSamePerson(past, asked) : isSameParty(past, asked);
}

function isInScope(past: PastContact, asked: Asked, { scope }: CounterParams): boolean {
  if (scope === 'all-actors') return true;
  if (scope === 'agency') return past.agencyId === agencyOf(asked);
  const named = asked.proposed.collectorIds ?? [];
  return past.collectorIds === null || past.collectorIds.some((collector) => named.includes(collector));
}

function isCounted(past: PastContact, asked: Asked, params: CounterParams): boolean {
  if (past.channel !== params.channel || !params.initiators.includes(past.initiator)) return false;
  if (params.mode !== null && past.mode !== null && past.mode !== params.mode) return false;
  if (past.result !== null && !(RESULT_CLASSES[params.results] as readonly Result[]).includes(past.result)) return false;
  if (!isInScope(past, asked, params)) return false;
  if (params.seat === 'contact-point') return past.contactPoint === asked.proposed.contactPoint;
  return params.seat === 'debt' ? isSameDebt(past, asked) : isSamePerson(past, asked);
}

/** The instant from which a past contact counts no more: its window is over, or it was a permit that lapsed without an outcome. */
function countsUntil(past: PastContact, { zone }: Asked, { window }: CounterParams): number {
  const over = window.kind === 'rolling' ? past.at + window.ms : zone.addDays(past.at, window.days);
  return past.result === null && past.lapsesAt !== null ? Math.min(over, past.lapsesAt) : over;
}

/** Contacts at or before this instant no longer count at `at`. One sum for the whole history: a look-back counts the same day for every row. */
function countsAfter({ zone }: Asked, { window }: CounterParams, at: number): number {
  if (window.kind === 'rolling') return at - window.ms;
  return (window.days === 1 ? zone.dayStart(at) : zone.addDays(at, 1 - window.days)) - 1;
}

function count(asked: Asked, params: CounterParams, history: readonly PastContact[], at: number): number {
  const after = countsAfter(asked, params, at);
  let counted = 0;
  for (const past of history) {
    if (past.at <= after || past.at > at) continue;
    if (!isLapsed(past, at) && isCounted(past, asked, params)) counted += 1;
  }
  return counted;
}

/** The fact without which it cannot be told what is counted; null where all are known. */
function missingSeat({ proposed }: Asked, { seat, scope }: CounterParams): string | null {
  if (seat === 'contact-point' && proposed.contactPoint === null) return 'contactPoint';
  if (seat === 'debt' && proposed.debtId === null) return 'debtId';
  if (seat === 'debt' && !isDebtor(proposed.partyRole) && proposed.partyId === null && proposed.contactPoint === null) return 'partyId';
  return scope === 'collector' && proposed.collectorIds === null ? 'collectorIds' : null;
}

/**
 * attempts-per-point (CBA26 ch. 3), informational-per-debtor and conversations-per-debtor (GBT 5.3), burst (HLJ Art. 20, against
 * call bombing), visit-per-day (GBT), seven calls in seven days and the days after a conversation (12 CFR 1006.14(b)(2)(i)).
 * Scope `all-actors` counts the bank and all its agencies together: no dialler sees the others' calls. A permit without an outcome
 * counts in every class it could still fall into.
 */
export const counter: Kind<CounterParams> = {
  judge(asked, params, at) {
    const { proposed, facts } = asked;
    if (proposed.channel !== params.channel) return null;
    if (params.mode !== null && proposed.mode === null) return { missing: 'mode' };
    if (params.mode !== null && proposed.mode !== params.mode) return null;
    if (params.obligors !== null && proposed.partyRole !== null && !params.obligors.includes(proposed.partyRole)) return null;
    const missing = missingSeat(asked, params);
    if (missing !== null) return { missing };
    if (facts.history === null) return { missing: 'history' };
    const counted = count(asked, params, facts.history, at);
    if (counted < params.cap) return null;
    if (params.consent !== null && hasConsent(asked, params.consent, params.channel, at, { days: params.consentDays })) return null;
    return failed(params.cap, counted);
  },
  boundaries(asked, params, at) {
    const counted = (asked.facts.history ?? []).filter((past) => isCounted(past, asked, params));
    const changes = counted.flatMap((past) => [past.at, countsUntil(past, asked, params)]).filter((instant) => instant > at);
    if (params.consent === null) return changes;
    return [...changes, ...consentBoundaries(asked, params.consent, at, [], params.consentDays)];
  },
};
