import type { Channel, ConsentKind, HoldKind } from '../index.ts';
import { addDays, localTime } from './local-time.ts';
import {
  agencyIdOf,
  fallsInto,
  hasCome,
  hasConsent,
  isOver,
  isSameParty,
  isToPerson,
  isWithin,
  localDate,
  OBLIGORS,
  startOf,
  zoneOf,
  type Answer,
  type Check,
  type Question,
} from './model-facts.ts';

const missing = (fact: string): Answer => ({ missing: fact });
const fails = (condition: boolean): Answer => (condition ? 'fails' : 'passes');
export const isThird = ({ proposed }: Question): boolean => !!proposed.partyRole && !OBLIGORS.includes(proposed.partyRole);

export const caseOpen: Check = ({ proposed, facts }, at) => {
  if (proposed.purpose === 'remind') return 'passes';
  const { status, balance, overdueSince } = facts.case ?? {};
  if (!facts.case) return missing('case');
  if (!status) return missing('case.status');
  if (status !== 'open') return 'fails';
  if (!balance) return missing('case.balance');
  if (Number(balance.amount) <= 0) return 'fails';
  if (overdueSince === undefined) return missing('case.overdueSince');
  return fails(overdueSince === null || localTime(at, facts.timeZone ?? 'Asia/Shanghai').date < overdueSince);
};

/** A hold of the kind is in force, whatever its scope. */
export function holdsInForce(asked: Question, kind: HoldKind, at: number) {
  return (asked.facts.holds ?? []).filter(
    (one) => one.kind === kind && hasCome(one.from, asked, at) && (!one.until || !isOver(one.until, asked, at)),
  );
}

export const hold =
  (kind: HoldKind): Check =>
  (asked, at) => {
    const { proposed, facts } = asked;
    if (['plan-active', 'objection-open'].includes(kind) && proposed.purpose === 'remind') return 'passes';
    if (kind === 'legal-rep' && proposed.partyRole === 'representative') return 'passes';
    if (!facts.holds) return missing('holds');
    return fails(
      holdsInForce(asked, kind, at).some(({ scope }) => {
        if (!scope || scope === 'all') return true;
        if (scope.agencyId && scope.agencyId !== proposed.agencyId) return false;
        if (scope.collectorId && !(proposed.collectorIds ?? []).includes(scope.collectorId)) return false;
        if (scope.channel && scope.channel !== proposed.channel) return false;
        if (scope.contactPoint && scope.contactPoint !== proposed.contactPoint) return false;
        return !scope.partyId || scope.partyId === proposed.partyId;
      }),
    );
  };

export const partyTarget: Check = (asked, at) => {
  const { partyRole, purpose } = asked.proposed;
  if (!partyRole) return missing('partyRole');
  if (!isThird(asked)) return 'passes';
  if (!purpose) return missing('purpose');
  if (purpose !== 'collect') return 'passes';
  return fails(!(partyRole === 'representative' && holdsInForce(asked, 'legal-rep', at).length > 0));
};

export const partyStop: Check = (asked, at) => {
  const { partyRole, partyId, contactPoint } = asked.proposed;
  if (!partyRole) return missing('partyRole');
  if (!isThird(asked)) return 'passes';
  if (!asked.facts.history) return missing('history');
  if (!partyId && !contactPoint) return missing('partyId');
  return fails(asked.facts.history.some((past) => past.result === 'refused' && startOf(past) <= at && isSameParty(past, asked)));
};

export interface Quiet {
  readonly from: string;
  readonly to: string;
  readonly channels: readonly Channel[];
  /** Every zone that any source claims must be in the open hours. */
  readonly allZones?: boolean;
  readonly consent?: ConsentKind | null;
}

export const quiet =
  ({ from, to, channels, allZones = false, consent = 'out-of-hours' }: Quiet): Check =>
  (asked, at) => {
    const { channel } = asked.proposed;
    if (!channels.includes(channel)) return 'passes';
    const zones = [zoneOf(asked), ...(allZones ? (asked.facts.timeZones ?? []) : [])];
    if (!zones.some((zone) => isWithin(localTime(at, zone).time, from, to))) return 'passes';
    return fails(consent === null || !hasConsent(asked, consent, channel, at));
  };

export interface Count {
  readonly channel: Channel;
  readonly mode?: 'informational' | 'interactive' | null;
  readonly results: string;
  readonly seat: 'debtor' | 'debt' | 'contact-point';
  /** Roles that are asked and counted; without them everybody. */
  readonly obligors?: readonly string[];
  readonly scope?: 'all-actors' | 'agency' | 'collector';
  readonly rollingMinutes?: number;
  /** Without either: the local day. */
  readonly localDays?: number;
  readonly cap: number;
  readonly initiators?: readonly string[];
  readonly consent?: ConsentKind | null;
  readonly consentDays?: number;
}

function isInWindow(start: number, rule: Count, asked: Question, at: number): boolean {
  if (start > at) return false;
  if (rule.rollingMinutes !== undefined) return start > at - rule.rollingMinutes * 60_000;
  return localDate(asked, start) > addDays(localDate(asked, at), -(rule.localDays ?? 1));
}

export const count =
  (rule: Count): Check =>
  (asked, at) => {
    const { proposed, facts } = asked;
    const { channel, mode = null, seat, obligors, scope = 'all-actors', initiators = ['us'], consent = null } = rule;
    if (proposed.channel !== channel) return 'passes';
    if (mode !== null && !proposed.mode) return missing('mode');
    if (mode !== null && proposed.mode !== mode) return 'passes';
    if (obligors && proposed.partyRole && !obligors.includes(proposed.partyRole)) return 'passes';
    if (seat === 'contact-point' && !proposed.contactPoint) return missing('contactPoint');
    if (seat === 'debt' && !proposed.debtId) return missing('debtId');
    const isDebtor = !proposed.partyRole || proposed.partyRole === 'debtor';
    if (seat === 'debt' && !isDebtor && !proposed.partyId && !proposed.contactPoint) return missing('partyId');
    if (scope === 'collector' && !proposed.collectorIds) return missing('collectorIds');
    if (!facts.history) return missing('history');
    const counted = facts.history.filter((past) => {
      if (past.channel !== channel || !initiators.includes(past.initiator ?? 'us')) return false;
      if (mode !== null && past.mode && past.mode !== mode) return false;
      if (!isInWindow(startOf(past), rule, asked, at) || !fallsInto(past, rule.results, at)) return false;
      if (scope === 'agency' && (past.agencyId ?? null) !== agencyIdOf(asked)) return false;
      if (scope === 'collector' && past.collectorIds && !past.collectorIds.some((id) => proposed.collectorIds?.includes(id))) return false;
      if (seat === 'contact-point') return past.contactPoint === proposed.contactPoint;
      if (seat === 'debt' && past.debtId && past.debtId !== proposed.debtId) return false;
      return seat === 'debt' && !isDebtor ? isSameParty(past, asked) : isToPerson(past, asked);
    }).length;
    if (counted < rule.cap) return 'passes';
    return fails(consent === null || !hasConsent(asked, consent, channel, at, undefined, rule.consentDays));
  };

export const visitTeam =
  (least: number): Check =>
  ({ proposed }) => {
    if (proposed.channel !== 'visit') return 'passes';
    if (!proposed.collectorIds) return missing('collectorIds');
    return fails(new Set(proposed.collectorIds).size < least);
  };

export interface NoContact {
  readonly dates: readonly { readonly from: string; readonly to: string }[];
  readonly channels: readonly Channel[];
  readonly regions?: readonly string[];
}

/** No-contact dates, local and inclusive; with regions, only for those who live there: zeros at the end of a code of GB/T 2260 hold all below it. */
export const calendar =
  ({ dates, channels, regions }: NoContact): Check =>
  (asked, at) => {
    if (!channels.includes(asked.proposed.channel)) return 'passes';
    const today = localDate(asked, at);
    if (!dates.some(({ from, to }) => from <= today && today <= to)) return 'passes';
    if (!regions) return 'fails';
    const { region } = asked.facts;
    return region ? fails(regions.some((one) => region.startsWith(one.replace(/(00)+$/, '')))) : missing('region');
  };
