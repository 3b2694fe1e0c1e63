import { zoneWhereItIsNoon } from '#testkit';

// What the system tests send: rows of files and bodies of requests, each the usual one but for what a test changes.

/** No test meets quiet hours or midnight by accident. */
export const NOON = zoneWhereItIsNoon(new Date());

export interface AttemptBody {
  readonly caseId: string;
  readonly partyId: string;
  readonly contactPointId: string;
  readonly channel: string;
  readonly mode: string;
  readonly purpose: string;
  readonly collectorIds: readonly string[];
}

const usual = {
  institutionId: '',
  caseId: 'C1',
  debtorId: 'D1',
  debtorName: '欧阳测试',
  idNumber: '230100199001019876',
  debtId: 'L1',
  product: '信用卡',
  balance: '5000.00',
  currency: 'CNY',
  overdueSince: '2026-01-05',
  timeZone: NOON,
  partyId: 'P1',
  partyRole: 'debtor',
  partyName: '欧阳测试',
  contactPoint: '+8613812345678',
  contactChannel: 'voice',
  contactSource: 'contract',
  agencyId: '',
};

export const USUAL_CASE_ID = usual.caseId;
export type CaseCells = Partial<typeof usual>;
export const CASE_HEADER = Object.keys(usual).join(',');
export const caseLine = (cells: CaseCells): string => Object.values({ ...usual, ...cells }).join(',');
export const caseCsv = (rows: readonly CaseCells[]): string => [CASE_HEADER, ...rows.map(caseLine), ''].join('\n');

let cases = 0;
/** A case whose debtor and number nobody else has. */
export function freshCase(more: CaseCells = {}): CaseCells {
  cases += 1;
  const n = String(cases).padStart(6, '0');
  return { caseId: `F${n}`, debtorId: `FD${n}`, debtId: `FL${n}`, contactPoint: `+86137${n}00`, ...more };
}

const usualContact = {
  attemptId: 'A1',
  caseId: '',
  debtorId: 'D1',
  debtId: '',
  partyId: 'P1',
  partyRole: 'debtor',
  contactPoint: '+8613812345678',
  channel: 'voice',
  mode: 'interactive',
  purpose: 'collect',
  initiator: 'us',
  agencyId: '',
  collectorIds: 'c1;c2',
  deviceId: '',
  startedAt: '2026-06-01T10:00:00+08:00',
  endedAt: '',
  result: 'no-answer',
  timeZone: 'Asia/Shanghai',
};

export type ContactCells = Partial<typeof usualContact>;
export const contactCsv = (rows: readonly ContactCells[]): string =>
  [Object.keys(usualContact).join(','), ...rows.map((row) => Object.values({ ...usualContact, ...row }).join(',')), ''].join('\n');

/** Facts under which anything may be done; for contact-evaluations. */
export const evaluation = (): Record<string, unknown> & { proposed: Record<string, unknown>; facts: Record<string, unknown> } => ({
  packs: ['cn-card'],
  at: '2026-06-10T15:00:00+08:00',
  proposed: {
    channel: 'voice',
    mode: 'interactive',
    purpose: 'collect',
    partyRole: 'debtor',
    partyId: 'p1',
    contactPoint: '+8613800000001',
    debtId: 'd1',
    agencyId: null,
    collectorIds: ['c1'],
    deviceId: null,
  },
  facts: {
    timeZone: 'Asia/Shanghai',
    case: { status: 'open', balance: { amount: '5000.00', currency: 'CNY' }, overdueSince: '2026-01-01' },
    history: [],
    consents: [],
    holds: [],
    contactPoints: [{ value: '+8613800000001', partyId: 'p1', status: 'valid', source: 'contract' }],
    agency: null,
  },
});
