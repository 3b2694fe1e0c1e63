import {
  compilePolicy,
  findPack,
  type FactsJson,
  type Pack,
  type PackRow,
  type PastContactJson,
  type Policy,
  type ProposedJson,
} from '../index.ts';
import type { Shows } from './case-coverage.ts';

/** A case as it stands in cases/*.yaml; what it leaves out is as usual. */
export interface Case {
  readonly note: string;
  readonly source: string;
  /** The rules that it shows something of; the file's, where it has one only. */
  readonly rule?: string | readonly string[];
  readonly shows?: Shows | readonly Shows[];
  /** Only under these of the file's packs. */
  readonly packs?: readonly string[];
  readonly at?: string;
  readonly proposed?: Partial<ProposedJson>;
  readonly facts?: Partial<FactsJson>;
  readonly calls?: readonly string[];
  readonly want: {
    readonly verdict: string;
    readonly rules: readonly string[];
    readonly facts?: readonly (string | null)[];
    readonly next?: string | null;
    readonly mustEndBy?: string | null;
    readonly clears?: Readonly<Record<string, string | null>>;
    readonly numbers?: Readonly<Record<string, readonly [number, number]>>;
    readonly details?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

export interface CaseFile {
  readonly name: string;
  readonly rule: string | readonly string[];
  /** Under which packs each case is judged, as `name@version`. */
  readonly packs?: readonly string[];
  /** Rows of an institution's own that the cases are judged under. */
  readonly own?: readonly PackRow[];
  readonly proposed?: Partial<ProposedJson>;
  readonly facts?: Partial<FactsJson>;
  readonly cases: readonly Case[];
}

/** A pack, or an institution's own rows, under which cases are judged. */
export interface Yardstick {
  readonly name: string;
  readonly rows: readonly PackRow[];
  readonly policy: Policy;
  /** One row alone: what it says is not covered by what others say. */
  alone(row: PackRow): Policy;
}

export function findYardstick(name: string): Pack {
  const [pack = '', version] = name.split('@');
  const found = findPack(pack, Number(version));
  if (!found) throw new Error(`there is no pack ${name}`);
  return found;
}

/** What the cases of a file are judged under: cn-card 2 and its provincial sister unless it says otherwise. */
export function yardsticksOf({ name, packs = ['cn-card@2', 'cn-heilongjiang@1'], own }: CaseFile): Yardstick[] {
  if (own) {
    const policyOf = (rows: readonly PackRow[]): Policy => compilePolicy([], { version: 1, rules: { adjust: {}, rules: rows } });
    return [{ name: `own rules of ${name}`, rows: own, policy: policyOf(own), alone: (row) => policyOf([row]) }];
  }
  return packs.map(findYardstick).map((pack) => ({
    name: `${pack.pack}@${pack.version}`,
    rows: pack.rules,
    policy: compilePolicy([pack]),
    alone: (row) => compilePolicy([{ ...pack, rules: [row] }]),
  }));
}

const usualProposed: ProposedJson = {
  channel: 'voice',
  mode: 'interactive',
  purpose: 'collect',
  partyRole: 'debtor',
  partyId: 'p1',
  contactPoint: '+8613800000001',
  debtId: 'd1',
  agencyId: null,
  collectorIds: ['c1'],
};

const usualFacts: FactsJson = {
  timeZone: 'Asia/Shanghai',
  case: {
    status: 'open',
    balance: { amount: '5000.00', currency: 'CNY' },
    overdueSince: '2026-09-01',
    referralNoticeAt: '2026-10-01',
  },
  history: [],
  consents: [],
  holds: [],
  contactPoints: [
    { value: '+8613800000001', status: 'valid', source: 'contract' },
    { value: '+8613900000002', status: 'valid', source: 'debtor' },
  ],
};

const usualAgency: FactsJson['agency'] = {
  agencyId: 'a1',
  status: 'active',
  published: true,
  entrusted: true,
  contract: { from: '2026-01-01', to: '2026-12-31' },
  lastEvaluatedOn: '2026-03-01',
  collectors: [
    { id: 'c1', certificateUntil: '2027-02-28' },
    { id: 'c2', certificateUntil: '2026-11-21' },
  ],
  devices: ['t1'],
};

const usualMessage: ProposedJson['message'] = {
  templateId: 'm1',
  version: 1,
  approved: true,
  text: '您的信用卡账户已逾期，欠款5,000.00元，请及时还款。',
};

/** "<local time of 2026-11-21, or an instant> <result> [key=value ...]"; a pending permit has the result "pending". */
function toCall(text: string, proposed: ProposedJson): PastContactJson {
  const [time = '', result, ...fields] = text.split(' ');
  const startedAt = time.includes('T') ? time : `2026-11-21T${time.length === 5 ? `${time}:00` : time}+08:00`;
  const given = Object.fromEntries(fields.map((field) => field.split('=')));
  return {
    channel: 'voice',
    mode: 'interactive',
    initiator: 'us',
    partyRole: 'debtor',
    partyId: 'p1',
    contactPoint: '+8613800000001',
    debtId: proposed.debtId,
    startedAt,
    result: result === 'pending' ? null : (result as PastContactJson['result']),
    ...given,
    ...(given['collectorIds'] === undefined ? {} : { collectorIds: String(given['collectorIds']).split('+') }),
  };
}

const WRITTEN: readonly string[] = ['sms', 'email', 'im', 'letter'];

/** The case with what is usual filled in: a fit agency where one asks, an approved text where something is written. */
export function toInput(file: CaseFile, one: Case): { proposed: ProposedJson; facts: FactsJson } {
  const proposed: ProposedJson = { ...usualProposed, ...file.proposed, ...one.proposed };
  const written = WRITTEN.includes(proposed.channel) ? { message: usualMessage } : {};
  const agency = proposed.agencyId ? { agency: { ...usualAgency, agencyId: proposed.agencyId } } : {};
  const device = proposed.agencyId ? { deviceId: 't1' } : {};
  const whole: ProposedJson = { ...usualProposed, ...written, ...device, ...file.proposed, ...one.proposed };
  const history = one.calls ? { history: one.calls.map((call) => toCall(call, whole)) } : {};
  return { proposed: whole, facts: { ...usualFacts, ...agency, ...file.facts, ...history, ...one.facts } };
}
