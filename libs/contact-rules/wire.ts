import { parseTimeOfDay } from './pack.ts';
import type {
  CaseStatus,
  Channel,
  Consent,
  ConsentKind,
  ContactInput,
  Decision,
  Hold,
  HoldKind,
  Initiator,
  Mode,
  PartyRole,
  PastContact,
  Purpose,
  Result,
} from './types.ts';
import { Zone } from './zone.ts';

/** JSON as outsiders send it and as decisions record it: instants RFC 3339, local dates `YYYY-MM-DD`, times of day `HH:MM[:SS]`. */
export interface ProposedJson {
  readonly channel: Channel;
  readonly mode?: Mode | null;
  readonly purpose?: Purpose | null;
  readonly partyRole?: PartyRole | null;
  readonly partyId?: string | null;
  readonly contactPoint?: string | null;
  readonly debtorId?: string | null;
  readonly debtId?: string | null;
  readonly agencyId?: string | null;
  readonly collectorIds?: readonly string[] | null;
  readonly deviceId?: string | null;
}

export interface PastContactJson {
  readonly channel: Channel;
  readonly startedAt: string;
  readonly result?: Result | null;
  /** When a permit without an outcome lapses; by default 15 minutes after `startedAt` for voice, 24 hours for the rest. */
  readonly expiresAt?: string | null;
  readonly mode?: Mode | null;
  readonly initiator?: Initiator | null;
  readonly partyRole?: PartyRole | null;
  readonly partyId?: string | null;
  readonly contactPoint?: string | null;
  readonly debtorId?: string | null;
}

export interface ConsentJson {
  readonly kind: ConsentKind;
  readonly channels: readonly Channel[];
  readonly from?: string | null;
  readonly to?: string | null;
  readonly givenAt: string;
  readonly withdrawnAt?: string | null;
}

export interface HoldJson {
  readonly kind: HoldKind;
  /** An instant, or a local date: its first instant. */
  readonly from: string;
  /** An instant (exclusive), or a local date (its last instant included). */
  readonly until?: string | null;
  readonly scope?:
    | 'all'
    | {
        readonly agencyId?: string | null;
        readonly collectorId?: string | null;
        readonly channel?: Channel | null;
        readonly partyId?: string | null;
      }
    | null;
}

export interface FactsJson {
  readonly timeZone?: string | null;
  readonly case?: {
    readonly status?: CaseStatus | null;
    readonly balance?: { readonly amount: string; readonly currency: string } | null;
    readonly overdueSince?: string | null;
  } | null;
  readonly history?: readonly PastContactJson[] | null;
  readonly consents?: readonly ConsentJson[] | null;
  readonly holds?: readonly HoldJson[] | null;
}

export const DEFAULT_TIME_ZONE = 'Asia/Shanghai';
const MINUTE_MS = 60_000;

/** How long a permit without an outcome counts (rules.md section 2): 15 minutes for voice, 24 hours for the rest. */
export const permitLifeMs = (channel: Channel): number => (channel === 'voice' ? 15 : 24 * 60) * MINUTE_MS;

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const DAY_END = parseTimeOfDay('24:00');

export function readConsent(consent: ConsentJson): Consent {
  const { from, to } = consent;
  const window = from || to ? { from: parseTimeOfDay(from ?? '00:00'), to: parseTimeOfDay(to ?? '24:00') } : null;
  return {
    kind: consent.kind,
    channels: consent.channels,
    // 00:00 to 24:00 is the whole day.
    window: window && window.from === 0 && window.to === DAY_END ? null : window,
    givenAt: Date.parse(consent.givenAt),
    withdrawnAt: consent.withdrawnAt ? Date.parse(consent.withdrawnAt) : null,
  };
}

export function readHold(hold: HoldJson, zone: Zone): Hold {
  const scope = hold.scope === 'all' || !hold.scope ? {} : hold.scope;
  const until = hold.until ?? null;
  const end = until === null ? null : isDate(until) ? zone.nextDayStart(zone.dateStart(until)) : Date.parse(until);
  return {
    kind: hold.kind,
    from: isDate(hold.from) ? zone.dateStart(hold.from) : Date.parse(hold.from),
    until: end,
    scope: {
      agencyId: scope.agencyId ?? null,
      collectorId: scope.collectorId ?? null,
      channel: scope.channel ?? null,
      partyId: scope.partyId ?? null,
    },
  };
}

export function readPastContact(past: PastContactJson): PastContact {
  const at = Date.parse(past.startedAt);
  const result = past.result ?? null;
  const lapsesAt = past.expiresAt ? Date.parse(past.expiresAt) : at + permitLifeMs(past.channel);
  return {
    at,
    result,
    lapsesAt: result === null ? lapsesAt : null,
    channel: past.channel,
    mode: past.mode ?? null,
    initiator: past.initiator ?? 'us',
    partyRole: past.partyRole ?? null,
    partyId: past.partyId ?? null,
    contactPoint: past.contactPoint ?? null,
    debtorId: past.debtorId ?? null,
  };
}

/** Facts as JSON to facts as the rules read them. The JSON has been validated; throws RangeError for an unknown zone. */
export function readInput(proposed: ProposedJson, facts: FactsJson): ContactInput {
  const timeZone = facts.timeZone ?? DEFAULT_TIME_ZONE;
  const zone = Zone.of(timeZone);
  return {
    proposed: {
      channel: proposed.channel,
      mode: proposed.mode ?? null,
      purpose: proposed.purpose ?? null,
      partyRole: proposed.partyRole ?? null,
      partyId: proposed.partyId ?? null,
      contactPoint: proposed.contactPoint ?? null,
      debtorId: proposed.debtorId ?? null,
      agencyId: proposed.agencyId ?? null,
      collectorIds: proposed.collectorIds ?? null,
    },
    facts: {
      timeZone,
      case: facts.case
        ? { status: facts.case.status ?? null, balance: facts.case.balance?.amount ?? null, overdueSince: facts.case.overdueSince }
        : null,
      history: facts.history?.map(readPastContact) ?? null,
      consents: facts.consents?.map(readConsent) ?? null,
      holds: facts.holds?.map((hold) => readHold(hold, zone)) ?? null,
    },
  };
}

/** A decision as it is recorded: without words, which are rendered for the reader (see message.ts). */
export interface DecisionJson {
  readonly verdict: 'permitted' | 'refused';
  readonly reasons: readonly {
    readonly ruleId: string;
    readonly severity: 'block' | 'warn';
    readonly pack: string;
    readonly source: string;
    readonly limit: number | null;
    readonly counted: number | null;
    readonly clearsAt: string | null;
    readonly fact: string | null;
    readonly rule: string;
    readonly detail: Readonly<Record<string, string>>;
  }[];
  readonly nextPermittedAt: string | null;
  readonly mustEndBy: string | null;
  readonly packs: readonly { readonly pack: string; readonly version: number }[];
}

// Registers write "for ever" as the last day of the year 9999: time cures nothing that ends then, and RFC 3339 cannot write what comes after.
const NEVER = Date.UTC(9999, 11, 31);

/** Instants in the debtor's zone. Key order is fixed: equal decisions give equal bytes. */
export function toDecisionJson(decision: Decision, timeZone: string): DecisionJson {
  const zone = Zone.of(timeZone);
  const instant = (ms: number | null): string | null => (ms === null || ms >= NEVER ? null : zone.format(ms));
  return {
    verdict: decision.verdict,
    reasons: decision.reasons.map(({ ruleId, severity, pack, source, limit, counted, clearsAt, fact, rule, detail }) => ({
      ruleId,
      severity,
      pack,
      source,
      limit,
      counted,
      clearsAt: instant(clearsAt),
      fact,
      rule,
      detail,
    })),
    nextPermittedAt: instant(decision.nextPermittedAt),
    mustEndBy: instant(decision.mustEndBy),
    packs: decision.packs.map(({ pack, version }) => ({ pack, version })),
  };
}
