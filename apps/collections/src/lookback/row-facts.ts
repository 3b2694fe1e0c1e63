import {
  Zone,
  type AgencyFacts,
  type CaseFacts,
  type ContactPointFact,
  type Facts,
  type Hold,
  type Need,
  type PastContact,
} from '#contact-rules';
import type { LogRow } from './log-row.ts';
import type { Registered, RegisteredAgency, RegisteredCase } from './register.ts';
import { isSearch } from './trail.ts';

// The register says how things stand now. Only what can be concluded from that for the instant of a past contact is a fact here; the
// rest is not known, and the rules that need it are left out.

const DEAD: readonly (string | null)[] = ['invalid', 'not-in-service'];
const isNumber = ({ channel }: ContactPointFact): boolean => channel === 'voice' || channel === 'sms';
const isNumberOfDebtor = (point: ContactPointFact): boolean => point.partyRole === 'debtor' && isNumber(point);

/** The numbers of the debtor, for who looks for the debtor through somebody else. */
export const numbersFor = (row: LogRow, { case: known }: Registered): readonly string[] =>
  known !== null && isSearch(row) ? known.points.filter(isNumberOfDebtor).map(({ value }) => value) : [];

/** Null where the status of a point that matters is bad now: it may have been good then. */
function pointsAt(row: LogRow, { points }: RegisteredCase): readonly ContactPointFact[] | null {
  const asked = points.filter(({ value }) => value === row.contactPoint);
  if (asked.length > 0 && asked.every(({ status }) => DEAD.includes(status))) return null;
  if (!isSearch(row)) return points;
  const numbers = points.filter(isNumberOfDebtor);
  return numbers.length > 0 && numbers.every(({ status }) => DEAD.includes(status)) ? null : points;
}

function contractAt({ contractFrom: from, contractTo: to }: RegisteredAgency, zone: Zone, at: number): AgencyFacts['contract'] {
  if (from === null && to === null) return null;
  // Before the contract that is in force now there may have been another.
  return from !== null && at < zone.dateStart(from) ? undefined : { from, to };
}

function agencyAt(row: LogRow, { case: known, agency }: Registered): AgencyFacts | null {
  if (agency === null || row.agencyId === null) return null;
  const { status, published, lastEvaluatedOn, collectors, devices } = agency;
  const zone = Zone.of(row.timeZone);
  const at = row.startedAt;
  const asked = (row.collectorIds ?? []).flatMap((id) => {
    const one = collectors.get(id);
    return one ? [{ id, ...one }] : [];
  });
  const retiredAt = row.deviceId === null ? undefined : devices.get(row.deviceId);
  return {
    agencyId: row.agencyId,
    status: status === 'active' ? status : null,
    published: published ? true : null,
    entrusted: known !== null && known.agencyId === row.agencyId ? true : null,
    contract: contractAt(agency, zone, at),
    // Before the last evaluation there may have been others.
    lastEvaluatedOn: lastEvaluatedOn !== null && at < zone.dateStart(lastEvaluatedOn) ? undefined : lastEvaluatedOn,
    collectors: asked.every(({ active }) => active) ? asked : null,
    devices: row.deviceId !== null && retiredAt !== undefined && (retiredAt === null || at < retiredAt) ? [row.deviceId] : [],
  };
}

function caseAt(row: LogRow, known: RegisteredCase): CaseFacts {
  const standing = known.standingAt(row.startedAt) ?? { status: null, balance: null, overdueSince: undefined };
  const isReferred = row.agencyId !== null && row.agencyId === known.agencyId;
  return { ...standing, referralNoticeAt: isReferred ? known.referralNoticeAt : undefined };
}

const none: readonly Hold[] = [];

/** The facts of one row; what the register does not know is null. `timeZone` is the log's. */
export function factsOf(row: LogRow, registered: Registered, history: readonly PastContact[]): Facts {
  const { case: known } = registered;
  return {
    timeZone: row.timeZone,
    case: known && caseAt(row, known),
    history,
    consents: known?.consentsOf(row.partyId) ?? null,
    holds: known?.holds ?? none,
    contactPoints: known && pointsAt(row, known),
    agency: agencyAt(row, registered),
    optOuts: known && known.optOuts,
    timeZones: known && known.timeZonesOf(row.partyId),
    region: known && known.region,
  };
}

/** What is known of all that rules can need, as one number: rules are chosen once for each. */
export const NEEDS: readonly Need[] = ['case', 'referral', 'holds', 'contactPoints', 'optOuts', 'agency', 'message', 'region'];
export const bitOf = (need: Need): number => 1 << NEEDS.indexOf(need);
const CASE = bitOf('case');
const REFERRAL = bitOf('referral');
const HOLDS = bitOf('holds');
const POINTS = bitOf('contactPoints');
const OPT_OUTS = bitOf('optOuts');
const AGENCY = bitOf('agency');

export function knownBits({ case: known, agency }: Registered, facts: Facts): number {
  let bits = 0;
  if (facts.case !== null && facts.case.status !== null) bits |= CASE;
  if (facts.case !== null && facts.case.referralNoticeAt !== undefined) bits |= REFERRAL;
  if (known !== null && known.holds !== null) bits |= HOLDS;
  if (facts.contactPoints !== null) bits |= POINTS;
  if (facts.optOuts !== null) bits |= OPT_OUTS;
  return agency === null ? bits : bits | AGENCY;
}
