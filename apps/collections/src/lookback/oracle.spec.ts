import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { compilePolicy, findPack, PARTY_ROLES, PURPOSES, RESULTS } from '#contact-rules';
import { bufferSource } from '#tabular';
import { LookBack } from './engine.ts';
import type { Finding } from './row-judge.ts';
import { checkCells, LOG_COLUMNS, readLine } from './log-row.ts';
import { lookBack } from './look-back.ts';

/** A row of the log, as the oracle reads it. `order`: its place in the file. */
interface Entry {
  readonly attemptId: string;
  readonly debtorId: string;
  readonly partyId: string;
  readonly partyRole: string;
  readonly contactPoint: string;
  readonly channel: string;
  readonly mode: string;
  readonly purpose: string;
  readonly initiator: string;
  readonly collectorIds: string;
  readonly at: number;
  readonly result: string;
  readonly timeZone: string;
}

const MINUTE = 60_000;
const NIGHT = Date.parse('2026-11-20T21:30:00+08:00');
// What stands below was written from the rows of the first version.
const pack = findPack('cn-card', 1);
if (!pack) throw new Error('cn-card is missing');
const policy = compilePolicy([pack]);

// The oracle: rules.md sections 2 and 3, word by word and slowly, without a line of the rules' own code.
const clocks = new Map<string, Intl.DateTimeFormat>();
function wallClock(at: number, zone: string): { day: string; time: string } {
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' });
  clocks.set(zone, clock);
  const [day = '', time = ''] = clock.format(at).split(', ');
  return { day, time };
}
const UNANSWERED = ['busy', 'no-answer', 'voicemail', 'not-in-service', 'invalid-number', 'failed'];
const CONNECTED = ['answered', 'conversation', 'refused'];
const PLACED = [...UNANSWERED, ...CONNECTED, 'delivered'];
const OBLIGORS = ['debtor', 'co-debtor', 'guarantor'];

const isPending = (past: Entry, at: number): boolean =>
  past.result === '' && at < past.at + (past.channel === 'voice' ? 15 : 24 * 60) * MINUTE;
const fallsInto = (past: Entry, results: string[], at: number): boolean => results.includes(past.result) || isPending(past, at);
const sameParty = (a: Entry, b: Entry): boolean =>
  a.partyId !== '' && b.partyId !== ''
    ? a.partyId === b.partyId && a.debtorId === b.debtorId
    : a.contactPoint !== '' && a.contactPoint === b.contactPoint;

function toPerson(past: Entry, row: Entry): boolean {
  if (row.partyRole === 'debtor') return past.debtorId === row.debtorId && past.partyRole === 'debtor';
  return past.debtorId === row.debtorId && past.partyId !== '' && past.partyId === row.partyId;
}

function naive(log: readonly Entry[]): string[] {
  const ordered = log.map((entry, order) => ({ entry, order })).toSorted((a, b) => a.entry.at - b.entry.at || a.order - b.order);
  return ordered.flatMap(({ entry: row }, index) => {
    if (row.initiator !== 'us' || row.result === 'cancelled') return [];
    const before = ordered.slice(0, index).map(({ entry }) => entry);
    const here = wallClock(row.at, row.timeZone);
    const calls = before.filter((past) => past.channel === 'voice' && past.initiator === 'us');
    const today = calls.filter((past) => wallClock(past.at, row.timeZone).day === here.day);
    const found: string[] = [];
    const add = (ruleId: string, limit: number | '' = '', counted: number | '' = ''): unknown =>
      found.push(`${row.attemptId} ${ruleId} ${limit} ${counted}`);
    const addOver = (ruleId: string, limit: number, counted: number): unknown => counted >= limit && add(ruleId, limit, counted);
    const isThird = !OBLIGORS.includes(row.partyRole);
    if (isThird && row.purpose === '') add('missing-fact:purpose');
    if (isThird && row.purpose === 'collect') add('party-target');
    const isKnown = row.partyId !== '' || row.contactPoint !== '';
    if (isThird && !isKnown) add('missing-fact:partyId');
    if (isThird && isKnown && before.some((past) => past.result === 'refused' && sameParty(past, row))) add('party-stop');
    const night = here.time >= '22:00:00' || here.time < '08:00:00';
    if (night && ['voice', 'visit', 'sms', 'im'].includes(row.channel)) add('quiet-hours');
    if (row.channel === 'voice') {
      const toPoint = today.filter((past) => past.contactPoint === row.contactPoint && fallsInto(past, UNANSWERED, row.at));
      if (row.contactPoint === '') add('missing-fact:contactPoint');
      else addOver('attempts-per-point', 6, toPoint.length);
      if (row.mode === '') add('missing-fact:mode');
      const ofMode = today.filter((past) => (past.mode === '' || past.mode === row.mode) && toPerson(past, row));
      if (!isThird && row.mode === 'informational') {
        addOver('informational-per-debtor', 3, ofMode.filter((past) => fallsInto(past, CONNECTED, row.at)).length);
      }
      if (!isThird && row.mode === 'interactive') {
        addOver('conversations-per-debtor', 3, ofMode.filter((past) => fallsInto(past, ['conversation'], row.at)).length);
      }
      const lastHour = calls.filter((past) => past.at > row.at - 60 * MINUTE && toPerson(past, row) && fallsInto(past, PLACED, row.at));
      if (!isThird) addOver('burst', 3, lastHour.length);
    }
    const team = new Set(row.collectorIds.split(';').filter((id) => id !== '')).size;
    if (row.channel === 'visit' && row.collectorIds === '') add('missing-fact:collectorIds');
    else if (row.channel === 'visit' && team < 2) add('visit-team', 2, team);
    return found;
  });
}

const entry = fc.record({
  debtorId: fc.constantFrom('d1', 'd2', 'd3'),
  partyId: fc.constantFrom('p1', 'p2', 'p3', ''),
  partyRole: fc.constantFrom('debtor', 'debtor', 'debtor', ...PARTY_ROLES),
  contactPoint: fc.constantFrom('+8613800000001', '+8613800000001', '+8613800000002', ''),
  channel: fc.constantFrom('voice', 'voice', 'voice', 'voice', 'sms', 'email', 'visit'),
  mode: fc.constantFrom('informational', 'interactive', 'interactive', ''),
  purpose: fc.constantFrom('collect', 'collect', ...PURPOSES, ''),
  initiator: fc.constantFrom('us', 'us', 'us', 'us', 'them'),
  collectorIds: fc.constantFrom('c1;c2', 'c1', 'c1;c1', ''),
  // Some at one instant, most minutes apart, some days apart; around the start of quiet hours and of a day.
  at: fc
    .tuple(fc.constantFrom(0, 0, 0, 0, 1, 2), fc.constantFrom(0, 0, 10 * 60), fc.integer({ min: 0, max: 200 }))
    .map(([days, minutes, units]) => NIGHT + days * 24 * 60 * MINUTE + minutes * MINUTE + units * MINUTE),
  result: fc.constantFrom('busy', 'no-answer', 'conversation', 'conversation', 'answered', ...RESULTS, '', ''),
  timeZone: fc.constantFrom('Asia/Shanghai', 'Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu'),
});
const log = (longest: number) =>
  fc
    .array(entry, { maxLength: longest, size: 'max' })
    .map((entries): Entry[] => entries.map((one, at) => ({ ...one, attemptId: `a${at}` })));

const cellsOf = (one: Entry): string[] => {
  const cells: Record<string, string> = { ...one, startedAt: new Date(one.at).toISOString(), at: '' };
  return LOG_COLUMNS.map(({ name }) => cells[name] ?? '');
};
const csv = (entries: readonly Entry[]): Buffer =>
  Buffer.from([LOG_COLUMNS.map(({ name }) => name), ...entries.map(cellsOf)].map((cells) => `${cells.join(',')}\n`).join(''));
const told = ({ attemptId, ruleId, fact, limit, counted }: Finding): string =>
  `${attemptId} ${fact === null ? ruleId : `${ruleId}:${fact}`} ${limit ?? ''} ${counted ?? ''}`;

async function audit(...files: readonly (readonly Entry[])[]): Promise<string[]> {
  const found: string[] = [];
  await lookBack({
    files: files.map((entries, at) => ({ name: `${at}.csv`, source: bufferSource(csv(entries)) })),
    policy,
    spoolFolder: tmpdir(),
    onFindings: (findings) => void found.push(...findings.map(told)),
  });
  return found;
}

/** Without files and sorting: for many logs in little time. */
function judgeDirectly(entries: readonly Entry[]): string[] {
  const engine = new LookBack(policy);
  const records = entries.map((one, at) => {
    const checked = checkCells(cellsOf(one), 0, at + 2);
    if ('code' in checked) throw new Error(`${checked.column} ${checked.code}`);
    return checked;
  });
  return records.toSorted((a, b) => a.key - b.key).flatMap(({ key, line }) => engine.hear(readLine(key, line)).findings.map(told));
}

describe('a look-back', () => {
  it('finds what the text of the rules says, in any log', () => {
    let findings = 0;
    fc.assert(
      fc.property(log(60), (entries) => {
        const wanted = naive(entries);
        findings += wanted.length;
        expect(judgeDirectly(entries).toSorted()).toEqual(wanted.toSorted());
        expect(judgeDirectly(entries).map((line) => line.split(' ')[0])).toEqual(wanted.map((line) => line.split(' ')[0]));
      }),
      { numRuns: 120 },
    );
    expect(findings).toBeGreaterThan(1_000);
  });

  it('gives the same findings whatever the order of the rows, where no two share an instant', async () => {
    const shuffled = log(40).chain((entries) => {
      const distinct = [...new Map(entries.map((one) => [one.at, one])).values()];
      return fc.tuple(fc.constant(distinct), fc.shuffledSubarray(distinct, { minLength: distinct.length }));
    });
    await fc.assert(
      fc.asyncProperty(shuffled, async ([entries, mixed]) => expect(await audit(mixed)).toEqual(await audit(entries))),
      { numRuns: 25 },
    );
  });

  it('gives the same findings for one file and for its parts', async () => {
    await fc.assert(
      fc.asyncProperty(log(40), fc.nat(40), fc.nat(40), async (entries, one, other) => {
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        const parts = [entries.slice(0, first), entries.slice(first, second), entries.slice(second)];
        expect(await audit(...parts)).toEqual(await audit(entries));
      }),
      { numRuns: 25 },
    );
  });
});
