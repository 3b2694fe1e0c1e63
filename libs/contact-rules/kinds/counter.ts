import { consentBoundaries, failed, hasConsent, isOfSameDebtor, type Asked, type Kind } from '../kind.ts';
import type { Channel, ConsentKind, Mode, PartyRole, PastContact, Result } from '../types.ts';

/** Classes of raw results (rules.md section 2). `cancelled` was never placed and is in none. */
export const RESULT_CLASSES = {
  unanswered: ['busy', 'no-answer', 'voicemail', 'not-in-service', 'invalid-number', 'failed'],
  connected: ['answered', 'conversation', 'refused'],
  conversation: ['conversation'],
  /** Every result but those of a call that did not connect to the number dialled: 12 CFR 1006.14(b)(3)(ii) and its comment. */
  'connected-regf': ['no-answer', 'voicemail', 'failed', 'answered', 'conversation', 'refused', 'delivered'],
  placed: [
    'busy',
    'no-answer',
    'voicemail',
    'not-in-service',
    'invalid-number',
    'failed',
    'answered',
    'conversation',
    'refused',
    'delivered',
  ],
} as const satisfies Record<string, readonly Result[]>;

export type ResultClass = keyof typeof RESULT_CLASSES;

export interface CounterParams {
  readonly channel: Channel;
  /** Null: contacts of either mode. */
  readonly mode: Mode | null;
  readonly results: ResultClass;
  readonly seat: 'debtor' | 'debt' | 'contact-point';
  readonly window: { readonly kind: 'local-day' } | { readonly kind: 'rolling'; readonly ms: number };
  readonly cap: number;
  /** The kind of consent that is "other agreement"; null: none lifts this cap. */
  readonly consent: ConsentKind | null;
  /** Seat `debtor`: the roles that are counted, each person on their own. */
  readonly obligors: readonly PartyRole[];
}

/** Calls to the debtor count for the debtor whatever the case; a co-debtor or guarantor of this debtor is counted as a person of their own. */
function isSamePerson(past: PastContact, asked: Asked): boolean {
  const { partyRole, partyId } = asked.proposed;
  if (!isOfSameDebtor(past, asked)) return false;
  if (partyRole === 'debtor' || partyRole === null) return past.partyRole === 'debtor' || past.partyRole === null;
  return past.partyId !== null && past.partyId === partyId;
}

function isCounted(past: PastContact, asked: Asked, params: CounterParams): boolean {
  if (past.channel !== params.channel || past.initiator !== 'us') return false;
  if (params.mode !== null && past.mode !== null && past.mode !== params.mode) return false;
  if (past.result !== null && !(RESULT_CLASSES[params.results] as readonly Result[]).includes(past.result)) return false;
  return params.seat === 'contact-point' ? past.contactPoint === asked.proposed.contactPoint : isSamePerson(past, asked);
}

/** The instant from which a past contact counts no more: its window is over, or it was a permit that lapsed without an outcome. */
function countsUntil(past: PastContact, asked: Asked, params: CounterParams): number {
  const over = params.window.kind === 'rolling' ? past.at + params.window.ms : asked.zone.nextDayStart(past.at);
  return past.result === null && past.lapsesAt !== null ? Math.min(over, past.lapsesAt) : over;
}

/** Contacts at or before this instant no longer count at `at`. One sum for the whole history: a look-back counts the same day for every row. */
function countsAfter({ zone }: Asked, { window }: CounterParams, at: number): number {
  return window.kind === 'rolling' ? at - window.ms : zone.dayStart(at) - 1;
}

function count(asked: Asked, params: CounterParams, history: readonly PastContact[], at: number): number {
  const after = countsAfter(asked, params, at);
  let counted = 0;
  for (const past of history) {
    if (past.at <= after || past.at > at) continue;
    const lapsed = past.result === null && past.lapsesAt !== null && past.lapsesAt <= at;
    if (!lapsed && isCounted(past, asked, params)) counted += 1;
  }
  return counted;
}

/**
 * attempts-per-point (CBA26 ch. 3), informational-per-debtor and conversations-per-debtor (GBT 5.3), burst (HLJ Art. 20, against
 * call bombing). The bank and all its agencies are counted together: no dialler sees the others' calls. A permit without an outcome
 * counts in every class it could still fall into.
 */
export const counter: Kind<CounterParams> = {
  judge(asked, params, at) {
    const { proposed, facts } = asked;
    if (proposed.channel !== params.channel) return null;
    if (params.mode !== null && proposed.mode === null) return { missing: 'mode' };
    if (params.mode !== null && proposed.mode !== params.mode) return null;
    if (params.seat === 'debtor' && proposed.partyRole !== null && !params.obligors.includes(proposed.partyRole)) return null;
    if (params.seat === 'contact-point' && proposed.contactPoint === null) return { missing: 'contactPoint' };
    if (facts.history === null) return { missing: 'history' };
    const counted = count(asked, params, facts.history, at);
    if (counted < params.cap) return null;
    if (params.consent !== null && hasConsent(asked, params.consent, params.channel, at)) return null;
    return failed(params.cap, counted);
  },
  boundaries(asked, params, at) {
    const counted = (asked.facts.history ?? []).filter((past) => isCounted(past, asked, params));
    const changes = counted.flatMap((past) => [past.at, countsUntil(past, asked, params)]).filter((instant) => instant > at);
    return params.consent === null ? changes : [...changes, ...consentBoundaries(asked, params.consent, at)];
  },
};
