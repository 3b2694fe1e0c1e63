import { compilePolicy, findPack } from '#contact-rules';
import { LookBack } from './engine.ts';
import { parseInstant } from './instant.ts';
import type { RegisteredCase } from './register.ts';
import { checkCells, LOG_COLUMNS, readLine, type LogRow } from './log-row.ts';

// What stands below was written from the rows of the first version.
const pack = findPack('cn-card', 1);
if (!pack) throw new Error('cn-card is missing');
const policy = compilePolicy([pack]);

const usual: Readonly<Record<string, string>> = {
  attemptId: 'a1',
  debtorId: 'd1',
  partyId: 'p1',
  partyRole: 'debtor',
  contactPoint: '+8613800000001',
  channel: 'voice',
  mode: 'interactive',
  purpose: 'collect',
  initiator: 'us',
  startedAt: '2026-11-20T10:00:00+08:00',
  result: 'no-answer',
};
const cells = (other: Readonly<Record<string, string>> = {}): string[] =>
  LOG_COLUMNS.map(({ name }) => ({ ...usual, ...other })[name] ?? '');
function rowOf(other: Readonly<Record<string, string>> = {}): LogRow {
  const checked = checkCells(cells(other), 0, 2);
  if ('code' in checked) throw new Error(`${checked.column}: ${checked.code}`);
  return readLine(checked.key, checked.line);
}

const unknownCase: RegisteredCase = {
  product: null,
  agencyId: null,
  standingAt: () => null,
  referralNoticeAt: null,
  holds: null,
  consentsOf: () => [],
  optOuts: [],
  points: [],
  timeZonesOf: () => [],
  region: null,
};

describe('the engine', () => {
  it('holds what the rules can still ask for, whatever the length of the log', () => {
    const engine = new LookBack(policy);
    const first = Date.parse('2026-01-01T00:00:00+08:00');
    const template = rowOf();
    for (let at = 0; at < 300_000; at += 1) {
      // One a minute, 200 days and more, a debtor hardly ever twice.
      const debtorId = `debtor-${(at * 7919) % 250_007}`;
      const result = at % 1_000 === 0 ? 'refused' : 'no-answer';
      engine.hear({
        ...template,
        attemptId: `a${at}`,
        debtorId,
        contactPoint: `+86${at}`,
        partyId: debtorId,
        startedAt: first + at * 60_000,
        result,
      });
    }
    const { contacts, debtors, points, refusals } = engine.recent.size;
    expect(engine.recent.peak).toBeLessThanOrEqual(30 * 60 + 1);
    for (const held of [contacts, debtors, points]) expect(held).toBeLessThanOrEqual(30 * 60 + 1);
    // Who asked to be left alone, by party and by number, for ever.
    expect(refusals).toBe(600);
  });

  it('leaves no trace of a contact that was never placed', () => {
    const engine = new LookBack(policy);
    expect(engine.hear(rowOf({ result: 'cancelled' })).fate).toBe('history');
    expect(engine.recent.size).toEqual({ contacts: 0, debtors: 0, points: 0, refusals: 0 });
  });

  it('judges a row met twice once, and refuses an id used twice', () => {
    const engine = new LookBack(policy);
    const fates = [
      rowOf(),
      rowOf({ attemptId: 'a2' }),
      rowOf({ startedAt: '2026-11-20T02:00:00Z' }),
      rowOf({ attemptId: 'a2', result: 'busy' }),
      rowOf({ startedAt: '2026-11-20T10:00:01+08:00', result: 'busy' }),
    ].map((row) => engine.hear(row).fate);
    expect(fates).toEqual(['judged', 'judged', 'duplicate', 'duplicate-id', 'judged']);
  });

  it('refuses a row before the last one', () => {
    const engine = new LookBack(policy);
    engine.hear(rowOf());
    expect(() => engine.hear(rowOf({ startedAt: '2026-11-20T09:59:59+08:00' }))).toThrow(RangeError);
  });

  it('says which rules it left out, and asks them where the register knows', () => {
    const engine = new LookBack(policy);
    expect(engine.hear(rowOf()).findings).toEqual([]);
    expect(engine.leftOut.map(({ ruleId }) => ruleId)).toEqual(
      policy.rules.filter(({ needs }) => needs.length > 0).map(({ ruleId }) => ruleId),
    );
    const known = {
      standingAt: () => ({ status: 'paid', balance: '0', overdueSince: null }) as const,
      holds: [
        {
          kind: 'deceased',
          from: 0,
          until: null,
          scope: { agencyId: null, collectorId: null, channel: null, partyId: null, contactPoint: null },
        } as const,
      ],
    };
    const { findings } = engine.hear(rowOf({ startedAt: '2026-11-20T10:01:00+08:00' }), {
      case: { ...unknownCase, ...known },
      agency: null,
    });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['case-open', 'deceased']);
    expect(engine.leftOut.every(({ attempts }) => attempts === 1)).toBe(true);
    expect(engine.withoutConsents).toBe(1);
  });

  it('says a fact that is missing once', () => {
    const { findings } = new LookBack(policy).hear(rowOf({ mode: '' }));
    expect(findings.map(({ ruleId, fact, rule }) => [ruleId, fact, rule])).toEqual([['missing-fact', 'mode', 'informational-per-debtor']]);
  });
});

describe('a row', () => {
  it.each([
    [{ attemptId: ' ' }, 'attemptId', 'required'],
    [{ debtorId: '' }, 'debtorId', 'required'],
    [{ channel: 'phone' }, 'channel', 'unknown-value'],
    [{ initiator: '' }, 'initiator', 'required'],
    [{ result: 'ok' }, 'result', 'unknown-value'],
    [{ startedAt: '' }, 'startedAt', 'required'],
    [{ startedAt: '2026-11-20T10:00:00' }, 'startedAt', 'no-offset'],
    [{ startedAt: '2026-11-20 10:00:00+08:00' }, 'startedAt', 'instant'],
    [{ startedAt: '2026-02-30T10:00:00+08:00' }, 'startedAt', 'instant'],
    [{ endedAt: '2026-11-20T09:59:59+08:00' }, 'endedAt', 'ends-before-start'],
    [{ timeZone: 'Asia/Nowhere' }, 'timeZone', 'time-zone'],
    [{ agencyId: 'a\u001Fb' }, 'agencyId', 'control-character'],
    [{ contactPoint: `${'1'.repeat(600)}` }, 'contactPoint', 'too-long'],
  ] as const)('%j is refused', (other, column, code) => {
    expect(checkCells(cells(other), 0, 2)).toMatchObject({ column, code });
  });

  it('keeps what it says', () => {
    const row = rowOf({
      contactPoint: ' +8613800000001 ',
      collectorIds: 'c1; c2;',
      result: '',
      timeZone: 'America/New_York',
      agencyId: '甲',
    });
    expect(row).toMatchObject({
      contactPoint: '+8613800000001',
      collectorIds: ['c1', 'c2'],
      result: null,
      timeZone: 'America/New_York',
      agencyId: '甲',
    });
  });
});

describe('an instant', () => {
  it.each([
    '2026-11-20T10:00:00+08:00',
    '2024-02-29T23:59:59.5Z',
    '1969-12-31T23:59:59.123456-05:30',
    '2000-03-01t00:00:00z',
    '0001-01-02T00:00:00Z',
  ])('%s is read as the engine reads it', (text) => expect(parseInstant(text)).toBe(Date.parse(text.toUpperCase())));

  it('knows every day of 400 years', () => {
    for (let ms = Date.UTC(1800, 0, 1); ms < Date.UTC(2200, 0, 1); ms += 86_400_000) {
      if (parseInstant(new Date(ms).toISOString()) !== ms) throw new Error(new Date(ms).toISOString());
    }
  });

  it.each([
    '',
    '2026-11-20',
    '2026-11-20T10:00+08:00',
    '2026-1-20T10:00:00+08:00',
    '2026-11-20T24:00:00Z',
    '2026-11-20T10:60:00Z',
    '2026-04-31T10:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-11-20T10:00:00.Z',
    '2026-11-20T10:00:00+0800',
    '2026-11-20T10:00:00+08:0x',
    '2026-11-20T10:00:00Z ',
  ])('%j is none', (text) => expect(parseInstant(text)).toBe('instant'));
  it('tells what only lacks the offset', () => expect(parseInstant('2026-11-20T10:00:00.25')).toBe('no-offset'));
});
