import { parseTimeOfDay } from './pack.ts';
import type {
  AgencyFacts,
  CaseFacts,
  Channel,
  Consent,
  ContactInput,
  ContactPointFact,
  Decision,
  Hold,
  Message,
  OptOut,
  PastContact,
} from './types.ts';
import type {
  AgencyJson,
  ConsentJson,
  ContactPointJson,
  DecisionJson,
  FactsJson,
  HoldJson,
  MessageJson,
  OptOutJson,
  PastContactJson,
  ProposedJson,
} from './wire-json.ts';
import { Zone } from './zone.ts';

export const DEFAULT_TIME_ZONE = 'Asia/Shanghai';
const MINUTE_MS = 60_000;

/** How long a permit without an outcome counts (rules.md section 2): 15 minutes for voice, 24 hours for the rest. */
export const permitLifeMs = (channel: Channel): number => (channel === 'voice' ? 15 : 24 * 60) * MINUTE_MS;

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const toInstant = (text: string, zone: Zone): number => (isDate(text) ? zone.dateStart(text) : Date.parse(text));
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
    from: toInstant(hold.from, zone),
    until: end,
    scope: {
      agencyId: scope.agencyId ?? null,
      collectorId: scope.collectorId ?? null,
      channel: scope.channel ?? null,
      partyId: scope.partyId ?? null,
      contactPoint: scope.contactPoint ?? null,
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
    debtId: past.debtId ?? null,
    agencyId: past.agencyId ?? null,
    purpose: past.purpose ?? null,
    collectorIds: past.collectorIds ?? null,
  };
}

export const readMessage = (message: MessageJson): Message => ({
  templateId: message.templateId ?? null,
  version: message.version ?? null,
  approved: message.approved ?? null,
  text: message.text ?? null,
  variables: message.variables ?? null,
  ledger: message.ledger ?? null,
});

function readCase(facts: NonNullable<FactsJson['case']>, zone: Zone): CaseFacts {
  const { referralNoticeAt: told } = facts;
  return {
    status: facts.status ?? null,
    balance: facts.balance?.amount ?? null,
    overdueSince: facts.overdueSince,
    referralNoticeAt: told ? toInstant(told, zone) : told === undefined ? undefined : null,
  };
}

export const readContactPoint = (point: ContactPointJson): ContactPointFact => ({
  value: point.value,
  partyId: point.partyId ?? null,
  partyRole: point.partyRole ?? null,
  channel: point.channel ?? null,
  status: point.status ?? null,
  source: point.source ?? null,
});

export function readAgency(agency: AgencyJson): AgencyFacts {
  const { contract } = agency;
  return {
    agencyId: agency.agencyId ?? null,
    status: agency.status ?? null,
    published: agency.published ?? null,
    entrusted: agency.entrusted ?? null,
    contract: contract ? { from: contract.from ?? null, to: contract.to ?? null } : contract,
    lastEvaluatedOn: agency.lastEvaluatedOn,
    collectors: agency.collectors?.map(({ id, certificateUntil }) => ({ id, certificateUntil: certificateUntil ?? null })) ?? null,
    devices: agency.devices ?? null,
  };
}

export const readOptOut = (optOut: OptOutJson): OptOut => ({
  partyId: optOut.partyId ?? null,
  channel: optOut.channel ?? null,
  contactPoint: optOut.contactPoint ?? null,
  at: Date.parse(optOut.at),
  withdrawnAt: optOut.withdrawnAt ? Date.parse(optOut.withdrawnAt) : null,
});

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
      debtId: proposed.debtId ?? null,
      agencyId: proposed.agencyId ?? null,
      collectorIds: proposed.collectorIds ?? null,
      deviceId: proposed.deviceId ?? null,
      message: proposed.message ? readMessage(proposed.message) : null,
    },
    facts: {
      timeZone,
      case: facts.case ? readCase(facts.case, zone) : null,
      history: facts.history?.map(readPastContact) ?? null,
      consents: facts.consents?.map(readConsent) ?? null,
      holds: facts.holds?.map((hold) => readHold(hold, zone)) ?? null,
      contactPoints: facts.contactPoints?.map(readContactPoint) ?? null,
      agency: facts.agency ? readAgency(facts.agency) : null,
      optOuts: facts.optOuts?.map(readOptOut) ?? null,
      timeZones: facts.timeZones ?? null,
      region: facts.region ?? null,
    },
  };
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
