import fc from 'fast-check';
import { compilePolicy, PACKS, PARTY_ROLES, RESULTS, type Pack, type PastContact } from '#contact-rules';
import { LookBack } from './engine.ts';
import type { LogRow } from './log-row.ts';
import type { Registered, RegisteredAgency, RegisteredCase } from './register.ts';
import { RowJudge, type Finding } from './row-judge.ts';

const newest = (name: string): Pack => {
  const pack = PACKS.findLast((one) => one.pack === name);
  if (!pack) throw new Error(`${name} is missing`);
  return pack;
};
const START = Date.parse('2026-11-01T09:00:00+08:00');
const HOUR = 3_600_000;

const row: fc.Arbitrary<Omit<LogRow, 'attemptId' | 'line' | 'file' | 'row'>> = fc.record({
  caseId: fc.constantFrom('c1', 'c2', null),
  debtorId: fc.constantFrom('d1', 'd1', 'd2'),
  debtId: fc.constantFrom('l1', 'l2', null),
  partyId: fc.constantFrom('p1', 'p1', 'p2', null),
  partyRole: fc.constantFrom('debtor', 'debtor', 'debtor', 'related', 'related', null, ...PARTY_ROLES),
  contactPoint: fc.constantFrom('+8613800000001', '+8613800000001', '+8613800000002', null),
  channel: fc.constantFrom('voice', 'voice', 'voice', 'voice', 'voice', 'sms', 'visit'),
  mode: fc.constantFrom('informational', 'interactive', 'interactive', null),
  purpose: fc.constantFrom('collect', 'locate', 'relay', null),
  initiator: fc.constantFrom('us', 'us', 'us', 'us', 'them'),
  agencyId: fc.constantFrom('A1', 'A1', 'A2', null),
  collectorIds: fc.constantFrom(['k1', 'k2'], ['k1'], ['k9'], null),
  deviceId: fc.constantFrom('t1', 't1', 't9', null),
  // Hours and days apart over five weeks, some at one instant: what is remembered must outlive every window and no more.
  startedAt: fc
    .tuple(fc.constantFrom(0, 0, 1, 2, 3, 6, 7, 8, 20, 34), fc.constantFrom(0, 0, 2, 5, 14), fc.constantFrom(0, 1, 30 * 60_000))
    .map(([days, hours, ms]) => START + days * 24 * HOUR + hours * HOUR + ms),
  result: fc.constantFrom('no-answer', 'no-answer', 'not-in-service', 'invalid-number', 'answered', null, ...RESULTS),
  timeZone: fc.constantFrom('Asia/Shanghai', 'Asia/Shanghai', 'America/New_York'),
});
/** Rows in the order of time. */
const log = fc
  .array(row, { maxLength: 50, size: 'max' })
  .map((rows): LogRow[] =>
    rows
      .toSorted((a, b) => a.startedAt - b.startedAt)
      .map((one, at) => ({ ...one, attemptId: `a${at}`, line: `a${at}`, file: 0, row: at + 2 })),
  );

const registeredCase = (more: Partial<RegisteredCase>): RegisteredCase => ({
  product: null,
  agencyId: 'A1',
  standingAt: () => ({ status: 'open', balance: '10.00', overdueSince: '2026-01-01' }),
  referralNoticeAt: START,
  holds: [],
  consentsOf: () => [],
  optOuts: [{ partyId: 'p2', channel: 'sms', contactPoint: null, at: START, withdrawnAt: null }],
  points: [
    { value: '+8613800000001', partyId: 'p1', partyRole: 'debtor', channel: 'voice', status: 'valid', source: 'contract' },
    { value: '+8613800000002', partyId: 'p1', partyRole: 'debtor', channel: 'voice', status: 'valid', source: 'bought' },
  ],
  timeZonesOf: () => [],
  region: null,
  ...more,
});
const cases: Readonly<Record<string, RegisteredCase>> = { c1: registeredCase({}), c2: registeredCase({ agencyId: null, holds: null }) };
const agency: RegisteredAgency = {
  agencyId: 'A1',
  status: 'active',
  published: true,
  contractFrom: '2026-11-02',
  contractTo: '2026-12-01',
  lastEvaluatedOn: '2026-11-20',
  collectors: new Map([
    ['k1', { certificateUntil: '2026-11-08', active: true }],
    ['k2', { certificateUntil: '2027-01-01', active: true }],
  ]),
  devices: new Map([['t1', null]]),
};
const registeredOf = ({ caseId, agencyId }: LogRow): Registered => ({
  case: caseId === null ? null : (cases[caseId] ?? null),
  agency: agencyId === 'A1' ? agency : null,
});

const toPast = (one: LogRow): PastContact => ({
  ...one,
  at: one.startedAt,
  lapsesAt: one.result === null ? one.startedAt + (one.channel === 'voice' ? 900_000 : 24 * HOUR) : null,
});

/** What the gate loads: what the windows hold, with the debtor and at the number; of older days what was with the debtor in person, and who asked to be left alone. */
const isKnownToTheGate = (past: LogRow, one: LogRow, windowMs: number): boolean =>
  (past.debtorId === one.debtorId || (past.contactPoint !== null && past.contactPoint === one.contactPoint)) &&
  (past.startedAt > one.startedAt - windowMs ||
    past.result === 'refused' ||
    (past.debtorId === one.debtorId && (past.partyRole === 'debtor' || past.partyRole === null)));

describe.each([['cn-card'], ['us-reg-f'], ['us-reg-f,cn-card'], ['in-rbi'], ['jp-mla,cn-heilongjiang']])(
  'a look-back under %s',
  (names) => {
    const policy = compilePolicy(names.split(',').map(newest));

    it('remembers what the whole log before a row says of it', () => {
      let findings = 0;
      let leftOut = 0;
      fc.assert(
        fc.property(log, fc.boolean(), (rows, isKnown) => {
          const searched = new Set(
            rows.filter(({ purpose }) => purpose === 'locate' || purpose === 'relay').map(({ debtorId }) => debtorId),
          );
          const engine = new LookBack(policy, isKnown ? searched : null);
          const whole = new RowJudge(policy);
          for (const [place, one] of rows.entries()) {
            const heard = engine.hear(one, registeredOf(one));
            const wanted: Finding[] = [];
            const before = rows.slice(0, place).filter((past) => isKnownToTheGate(past, one, whole.windowMs));
            if (one.initiator === 'us' && one.result !== 'cancelled') whole.judge(one, registeredOf(one), before.map(toPast), wanted);
            expect(heard.findings).toEqual(wanted);
            findings += wanted.length;
          }
          expect(engine.leftOut).toEqual(whole.leftOut);
          leftOut += engine.leftOut.length;
        }),
        { numRuns: 60 },
      );
      expect(findings).toBeGreaterThan(100);
      if (names.includes('cn')) expect(leftOut).toBeGreaterThan(100);
    });
  },
);
