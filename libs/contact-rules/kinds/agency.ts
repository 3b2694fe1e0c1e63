import { agencyFacts, failed, isByAgency, type Asked, type Failure, type Kind } from '../kind.ts';
import type { AgencyFacts } from '../types.ts';
import { dayNumberOf, type Zone } from '../zone.ts';

export interface AgencyParams {
  readonly check: 'standing' | 'evaluated' | 'collector';
  /** `evaluated`: how old the last evaluation may be. */
  readonly maxDays?: number;
}

/** CC22, CBA26: only an agency on the published list collects, in good standing, under a contract in force, and only cases entrusted to it. */
function judgeStanding(agency: AgencyFacts, zone: Zone, at: number): Failure | null {
  const { status, published, contract, entrusted } = agency;
  if (status === null) return { missing: 'agency.status' };
  if (status !== 'active') return failed(null, null, { why: 'status', status });
  if (published === null) return { missing: 'agency.published' };
  if (!published) return failed(null, null, { why: 'published' });
  if (contract === undefined) return { missing: 'agency.contract' };
  if (contract === null) return failed(null, null, { why: 'no-contract' });
  const today = zone.dayNumber(at);
  if (contract.from !== null && today < dayNumberOf(contract.from))
    return failed(null, null, { why: 'contract-later', date: contract.from });
  if (contract.to !== null && today > dayNumberOf(contract.to)) return failed(null, null, { why: 'contract-over', date: contract.to });
  if (entrusted === null) return { missing: 'agency.entrusted' };
  return entrusted ? null : failed(null, null, { why: 'entrusted' });
}

/** GBT 5.4, CBA26: agencies are evaluated at least yearly. */
function judgeEvaluated({ lastEvaluatedOn }: AgencyFacts, maxDays: number, zone: Zone, at: number): Failure | null {
  if (lastEvaluatedOn === undefined) return { missing: 'agency.lastEvaluatedOn' };
  if (lastEvaluatedOn === null) return failed(maxDays, null, { why: 'never' });
  const age = zone.dayNumber(at) - dayNumberOf(lastEvaluatedOn);
  return age > maxDays ? failed(maxDays, age, { date: lastEvaluatedOn }) : null;
}

/** GBT, HLJ Art. 23: every collector is registered with the agency and trained yearly. */
function judgeCollectors({ proposed }: Asked, agency: AgencyFacts, zone: Zone, at: number): Failure | null {
  const { collectorIds } = proposed;
  // A contact in nobody's name could be anybody's.
  if (collectorIds === null || collectorIds.length === 0) return { missing: 'collectorIds' };
  if (agency.collectors === null) return { missing: 'agency.collectors' };
  for (const collector of collectorIds) {
    const registered = agency.collectors.find(({ id }) => id === collector);
    if (!registered) return failed(null, null, { why: 'unregistered', collector });
    const { certificateUntil } = registered;
    if (certificateUntil === null) return failed(null, null, { why: 'certificate', collector });
    if (zone.dayNumber(at) > dayNumberOf(certificateUntil)) {
      return failed(null, null, { why: 'expired', collector, date: certificateUntil });
    }
  }
  return null;
}

/** agency-standing, agency-evaluated and collector-fit. The bank's own collectors are not asked. */
export const agency: Kind<AgencyParams> = {
  judge(asked, params, at) {
    if (!isByAgency(asked)) return null;
    const known = agencyFacts(asked);
    if (known === null) return { missing: 'agency' };
    switch (params.check) {
      case 'standing':
        return judgeStanding(known, asked.zone, at);
      case 'evaluated':
        return judgeEvaluated(known, params.maxDays ?? 365, asked.zone, at);
      case 'collector':
        return judgeCollectors(asked, known, asked.zone, at);
    }
  },
  // Of the three only a contract that begins later comes with time; what ends is told as well.
  boundaries(asked, params, at) {
    const { zone } = asked;
    const known = agencyFacts(asked);
    if (known === null) return [];
    const { contract, lastEvaluatedOn, collectors } = known;
    const after = (date: string, days: number): number => zone.addDays(zone.dateStart(date), days);
    const instants = {
      standing: () => [...(contract?.from ? [zone.dateStart(contract.from)] : []), ...(contract?.to ? [after(contract.to, 1)] : [])],
      evaluated: () => (lastEvaluatedOn ? [after(lastEvaluatedOn, (params.maxDays ?? 365) + 1)] : []),
      collector: () => (collectors ?? []).flatMap(({ certificateUntil }) => (certificateUntil ? [after(certificateUntil, 1)] : [])),
    }[params.check]();
    return instants.filter((instant) => instant > at);
  },
};
