import { addDays } from './local-time.ts';
import { agencyOf, hasCome, hasConsent, isByAgency, isOver, localDate, type Answer, type Check } from './model-facts.ts';

const missing = (fact: string): Answer => ({ missing: fact });
const fails = (condition: boolean): Answer => (condition ? 'fails' : 'passes');

export const optOut: Check = (asked, at) => {
  const { partyId, channel, contactPoint } = asked.proposed;
  const standing = (asked.facts.optOuts ?? []).filter((one) => {
    const since = Date.parse(one.at);
    if (since > at || (one.withdrawnAt && Date.parse(one.withdrawnAt) <= at)) return false;
    return (!one.channel || one.channel === channel) && !hasConsent(asked, 'channel', channel, at, since);
  });
  // Whose it is, or which point it is about, cannot be told where the contact does not say.
  const concern = standing.map((one) => {
    const isUnclear = { partyId: !!one.partyId && !partyId, contactPoint: !!one.contactPoint && !contactPoint };
    if (one.partyId && partyId && one.partyId !== partyId) return 'another';
    if (one.contactPoint && contactPoint && one.contactPoint !== contactPoint) return 'another';
    return isUnclear.partyId ? 'partyId' : isUnclear.contactPoint ? 'contactPoint' : 'this';
  });
  if (concern.includes('this')) return 'fails';
  const unclear = ['contactPoint', 'partyId'].find((fact) => concern.some((one) => one === fact));
  return unclear ? missing(unclear) : 'passes';
};

const SOURCES = ['contract', 'debtor', 'bank-records', 'public', 'authority', 'authorised'];

export const pointSource: Check = ({ proposed, facts }) => {
  if (!proposed.contactPoint) return missing('contactPoint');
  if (!facts.contactPoints) return missing('contactPoints');
  const entries = facts.contactPoints.filter(
    ({ value, partyId }) => value === proposed.contactPoint && (!partyId || !proposed.partyId || partyId === proposed.partyId),
  );
  return fails(!entries.some(({ source, status }) => SOURCES.includes(source ?? '') && status !== 'invalid'));
};

export const agencyStanding: Check = (asked, at) => {
  if (!isByAgency(asked)) return 'passes';
  const agency = agencyOf(asked);
  if (!agency) return missing('agency');
  const { status, published, entrusted, contract } = agency;
  if (status === undefined || status === null) return missing('agency.status');
  if (status !== 'active') return 'fails';
  if (published === undefined || published === null) return missing('agency.published');
  if (!published) return 'fails';
  if (contract === undefined) return missing('agency.contract');
  if (contract === null || (contract.from && !hasCome(contract.from, asked, at))) return 'fails';
  if (contract.to && isOver(contract.to, asked, at)) return 'fails';
  if (entrusted === undefined || entrusted === null) return missing('agency.entrusted');
  return fails(!entrusted);
};

export const agencyEvaluated: Check = (asked, at) => {
  if (!isByAgency(asked)) return 'passes';
  const agency = agencyOf(asked);
  if (!agency) return missing('agency');
  if (agency.lastEvaluatedOn === undefined) return missing('agency.lastEvaluatedOn');
  return fails(agency.lastEvaluatedOn === null || localDate(asked, at) > addDays(agency.lastEvaluatedOn, 365));
};

export const collectorFit: Check = (asked, at) => {
  const { collectorIds } = asked.proposed;
  if (!isByAgency(asked)) return 'passes';
  const agency = agencyOf(asked);
  if (!agency) return missing('agency');
  if (!collectorIds?.length) return missing('collectorIds');
  const { collectors } = agency;
  if (!collectors) return missing('agency.collectors');
  const isFit = (id: string): boolean =>
    collectors.some((one) => one.id === id && !!one.certificateUntil && !isOver(one.certificateUntil, asked, at));
  return fails(!collectorIds.every(isFit));
};

export const deviceRegistered: Check = (asked, at) => {
  const { channel, deviceId } = asked.proposed;
  if (!isByAgency(asked) || !['voice', 'im'].includes(channel)) return 'passes';
  if (hasConsent(asked, 'device', channel, at)) return 'passes';
  const agency = agencyOf(asked);
  if (!deviceId) return missing('deviceId');
  if (!agency) return missing('agency');
  if (!agency.devices) return missing('agency.devices');
  return fails(!agency.devices.includes(deviceId));
};

export const referralNotice: Check = (asked, at) => {
  if (!isByAgency(asked)) return 'passes';
  const told = asked.facts.case;
  if (!told) return missing('case');
  if (told.referralNoticeAt === undefined) return missing('case.referralNoticeAt');
  return fails(told.referralNoticeAt === null || !hasCome(told.referralNoticeAt, asked, at));
};

/** Only texts of which section 3, Content screening, says plainly what they are: one of each of its words. */
const FORBIDDEN = ['法院', '黑名单', '上门闹'];

export const contentApproved: Check = ({ proposed }) => {
  if (!['sms', 'email', 'im', 'letter'].includes(proposed.channel)) return 'passes';
  const { message } = proposed;
  if (!message) return missing('message');
  if (FORBIDDEN.some((word) => message.text?.includes(word)) || !message.templateId) return 'fails';
  if (!message.version) return missing('message.version');
  if (message.approved === undefined || message.approved === null) return missing('message.approved');
  if (!message.approved) return 'fails';
  return message.text ? 'passes' : missing('message.text');
};
