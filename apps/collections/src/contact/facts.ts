import type {
  AgencyJson,
  CaseStatus,
  Channel,
  ConsentJson,
  ContactPointJson,
  FactsJson,
  HoldJson,
  MessageJson,
  OptOutJson,
  PartyRole,
  PastContactJson,
  ProposedJson,
} from '#contact-rules';
import type { AttemptRequest } from './contact.dto.ts';

// One phone number serves all three; an e-mail or postal address serves its own channel.
const PHONE: readonly Channel[] = ['voice', 'sms', 'im'];

/** The channels of the contact points that serve a channel. */
export const pointChannelsFor = (channel: Channel): readonly Channel[] =>
  PHONE.includes(channel) ? PHONE : channel === 'visit' ? ['visit', 'letter'] : [channel];

/** A contact point as the register has it; `index` is the hex of the keyed hash that stands for its value. */
export interface PointRow {
  readonly partyId?: string;
  readonly partyRole?: PartyRole;
  readonly channel: Channel;
  readonly index: string;
  readonly status: string;
  readonly source: string;
}

/** Only the asked collectors and the asked device: what a decision was made on is kept with it. */
export interface AgencyRow {
  readonly agencyId: string;
  readonly status: string;
  readonly published: boolean;
  readonly entrusted: boolean;
  readonly contractFrom: string | null;
  readonly contractTo: string | null;
  readonly lastEvaluatedOn: string | null;
  /** Those of the asked collectors who are registered and active. */
  readonly collectors: readonly { readonly id: string; readonly certificateUntil: string | null }[];
  /** Whether the asked device is a registered work tool. */
  readonly device: boolean;
}

type PastRow = PastContactJson & { readonly index: string; readonly attemptId: string };

/** What the ledger and the register hold about one contact, as gate_load gives it; instants as PostgreSQL's JSON writes them. */
export interface FactsRow {
  readonly case: {
    readonly id: string;
    readonly caseId: string;
    readonly debtId: string;
    readonly product: string;
    readonly status: CaseStatus;
    readonly balance: string;
    readonly currency: string;
    readonly overdueSince: string | null;
    readonly referralNoticeAt: string | null;
  };
  readonly debtor: { readonly debtorId: string; readonly timeZone: string; readonly region: string | null };
  readonly party: { readonly partyId: string; readonly role: PartyRole };
  readonly point: PointRow & { readonly id: string };
  readonly timeZones: readonly string[];
  /** Numbers of the debtor, where a third party is asked about the debtor's whereabouts; else null. */
  readonly debtorPoints: readonly PointRow[] | null;
  /** Null: the bank itself, or an agency that is not in the register. */
  readonly agency: AgencyRow | null;
  /** Of the party. */
  readonly optOuts: readonly {
    readonly channel: Channel | null;
    readonly index: string | null;
    readonly at: string;
    readonly withdrawnAt: string | null;
  }[];
  readonly holds: readonly HoldJson[];
  readonly consents: readonly ConsentJson[];
  readonly history: readonly PastRow[];
}

/** Stands for a contact point in recorded facts: equal points have equal tokens, and no token tells the point. */
export const pointToken = (indexHex: string): string => `cp_${indexHex.slice(0, 24)}`;

const toIso = (text: string): string => new Date(text).toISOString();
const orNull = (text: string | null): string | null => (text === null ? null : toIso(text));

const toPast = ({ index, attemptId, ...past }: PastRow): PastContactJson & { attemptId: string } => ({
  attemptId,
  debtorId: past.debtorId,
  debtId: past.debtId,
  partyId: past.partyId,
  partyRole: past.partyRole,
  contactPoint: pointToken(index),
  channel: past.channel,
  mode: past.mode,
  purpose: past.purpose,
  initiator: past.initiator,
  agencyId: past.agencyId,
  ...(past.collectorIds && past.collectorIds.length > 0 ? { collectorIds: past.collectorIds } : {}),
  startedAt: toIso(past.startedAt),
  result: past.result,
  ...(past.result === null && past.expiresAt ? { expiresAt: toIso(past.expiresAt) } : {}),
});

function toPoints({ party, point, debtorPoints }: FactsRow): ContactPointJson[] {
  const asked = { ...point, partyId: party.partyId, partyRole: party.role };
  return [asked, ...(debtorPoints ?? [])].map(({ partyId, partyRole, channel, index, status, source }) => ({
    value: pointToken(index),
    partyId,
    partyRole,
    channel,
    status,
    source,
  }));
}

/** `deviceId` is the one that was asked for. */
export function toAgency(row: AgencyRow, deviceId: string | null): AgencyJson {
  const { agencyId, status, published, entrusted, contractFrom: from, contractTo: to, lastEvaluatedOn, collectors, device } = row;
  const contract = from === null && to === null ? null : { from, to };
  const devices = device && deviceId !== null ? [deviceId] : [];
  return { agencyId, status, published, entrusted, contract, lastEvaluatedOn, collectors, devices };
}

function toOptOuts({ optOuts, party }: FactsRow): OptOutJson[] {
  return optOuts.map(({ channel, index, at, withdrawnAt }) => ({
    partyId: party.partyId,
    channel,
    contactPoint: index === null ? null : pointToken(index),
    at: toIso(at),
    withdrawnAt: orNull(withdrawnAt),
  }));
}

/** The facts that a contact is judged on, and that are kept with the decision: tokens instead of contact points, no names. */
export function toFacts(row: FactsRow, deviceId: string | null): FactsJson {
  const { status, balance, currency, overdueSince, referralNoticeAt } = row.case;
  return {
    timeZone: row.debtor.timeZone,
    timeZones: row.timeZones,
    region: row.debtor.region,
    case: { status, balance: { amount: balance, currency }, overdueSince, referralNoticeAt: orNull(referralNoticeAt) },
    history: row.history.map(toPast),
    consents: row.consents.map((consent) => ({
      ...consent,
      givenAt: toIso(consent.givenAt),
      withdrawnAt: consent.withdrawnAt ? toIso(consent.withdrawnAt) : null,
    })),
    holds: row.holds.map((hold) => ({ ...hold, from: toIso(hold.from), until: hold.until ? toIso(hold.until) : null })),
    contactPoints: toPoints(row),
    agency: row.agency && toAgency(row.agency, deviceId),
    optOuts: toOptOuts(row),
  };
}

/** The contact that is asked for, as it is judged and kept. */
export function toProposed(
  request: Pick<AttemptRequest, 'channel' | 'mode' | 'purpose' | 'collectorIds' | 'deviceId'>,
  row: Pick<FactsRow, 'case' | 'debtor' | 'party' | 'point'>,
  agencyId: string | null,
  message: MessageJson | null,
): ProposedJson {
  return {
    channel: request.channel,
    mode: request.mode ?? null,
    purpose: request.purpose ?? null,
    partyRole: row.party.role,
    partyId: row.party.partyId,
    contactPoint: pointToken(row.point.index),
    debtorId: row.debtor.debtorId,
    debtId: row.case.debtId,
    agencyId,
    collectorIds: request.collectorIds ?? null,
    deviceId: request.deviceId ?? null,
    ...(message === null ? {} : { message }),
  };
}

/** A permit as those count it that are decided after it in the same transaction. */
export const toPending = (proposed: ProposedJson, now: Date, expiresAt: Date): PastContactJson => ({
  debtorId: proposed.debtorId,
  debtId: proposed.debtId,
  partyId: proposed.partyId,
  partyRole: proposed.partyRole,
  contactPoint: proposed.contactPoint,
  channel: proposed.channel,
  mode: proposed.mode,
  purpose: proposed.purpose,
  initiator: 'us',
  agencyId: proposed.agencyId,
  ...(proposed.collectorIds && proposed.collectorIds.length > 0 ? { collectorIds: proposed.collectorIds } : {}),
  startedAt: now.toISOString(),
  result: null,
  expiresAt: expiresAt.toISOString(),
});
