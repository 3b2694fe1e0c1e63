import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { calendarOf, evaluateClock, findClockPack, workingDaysAfter, type ClockPack, type TermRow } from './index.ts';

const china = calendarOf('CN');
const found = findClockPack('cn-banking-2020');
if (!found) throw new Error('cn-banking-2020 is missing');
const pack = found;

// As the State Council published it: 国办发明电, year 2026.
const OFF: [string, number][] = [
  ['2026-01-01', 3],
  ['2026-02-15', 9],
  ['2026-04-04', 3],
  ['2026-05-01', 5],
  ['2026-06-19', 3],
  ['2026-09-25', 3],
  ['2026-10-01', 7],
];
const MADE_UP = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
const off = new Set(
  OFF.flatMap(([first, days]) =>
    Array.from({ length: days }, (_none, day) => Temporal.PlainDate.from(first).add({ days: day }).toString()),
  ),
);

const works = (date: string): boolean => MADE_UP.includes(date) || !(off.has(date) || Temporal.PlainDate.from(date).dayOfWeek > 5);
const dates2026 = Array.from({ length: 365 }, (_none, day) => Temporal.PlainDate.from('2026-01-01').add({ days: day }).toString());

describe('the working calendar', () => {
  it('is that of the State Council on every day of 2026', () => {
    const found2026 = dates2026.filter((date) => {
      const eve = Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();
      return workingDaysAfter(eve, 1, china).date === date;
    });
    expect(found2026).toEqual(dates2026.filter(works));
  });

  it('has days off for every year that counts as published', () => {
    const years = new Set([...china.daysOff].map((date) => Number(date.slice(0, 4))));
    expect([...china.publishedYears].filter((year) => !years.has(year))).toEqual([]);
    expect(Math.max(...china.publishedYears)).toBe(2026);
  });

  it('adds up: n days and then m are n + m days', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dates2026), fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 80 }), (date, n, m) => {
        const first = workingDaysAfter(date, n, china);
        const second = workingDaysAfter(first.date, m, china);
        expect({ date: second.date, provisional: first.provisional || second.provisional }).toEqual(workingDaysAfter(date, n + m, china));
      }),
    );
  });

  it('is there for no other country', () => {
    expect(() => calendarOf('ZZ')).toThrow(RangeError);
  });

  it('is the same in every time zone of the machine', () => {
    const script = `import { calendarOf, evaluateClock, findClockPack, workingDaysAfter } from '#clock-rules';
      const answer = evaluateClock({ pack: '', receivedAt: '2026-02-10T00:30:00+08:00', at: '2026-02-20T23:30:00+08:00' }, findClockPack('cn-banking-2020'));
      console.log(JSON.stringify([workingDaysAfter('2026-02-12', 7, calendarOf('CN')), workingDaysAfter('2026-12-28', 9, calendarOf('CN')), answer.dueAt, answer.daysLeft]));`;
    const answers = ['America/Los_Angeles', 'Pacific/Kiritimati'].map((TZ) =>
      execFileSync(
        process.execPath,
        ['--conditions=source', '--experimental-transform-types', '--no-warnings', '--input-type=module', '--eval', script],
        {
          cwd: join(import.meta.dirname, '../..'),
          env: { ...process.env, TZ },
          encoding: 'utf8',
        },
      ),
    );
    const same = [{ date: '2026-02-28', provisional: false }, { date: '2027-01-08', provisional: true }, '2026-02-26T00:00:00+08:00', 5];
    expect(answers.map((answer) => JSON.parse(answer))).toEqual([same, same]);
  });
});

describe('a term in working days', () => {
  const working = pack.rows.map((row) => (row.kind === 'term' ? { ...row, unit: 'working' as const } : row));
  const workingPack: ClockPack = { ...pack, pack: 'test-working', rows: working };
  const evaluate = (receivedAt: string, events: Parameters<typeof evaluateClock>[0]['events'] = [], calendar = china) =>
    evaluateClock({ pack: 'test-working', receivedAt, at: '2027-12-31T00:00:00+08:00', events }, workingPack, calendar);

  it('counts the days of the calendar', () => {
    const { dueOn, provisional } = evaluate('2026-02-12T09:00:00+08:00');
    expect({ dueOn, provisional }).toEqual({ dueOn: workingDaysAfter('2026-02-12', 15, china).date, provisional: false });
  });

  it('is provisional when it reaches into a year that is not published, until it is', () => {
    const receivedAt = '2026-12-17T09:00:00+08:00';
    const { dueOn, provisional } = evaluate(receivedAt);
    expect({ dueOn, provisional }).toEqual({ dueOn: '2027-01-07', provisional: true });
    // An invented 2027: New Year's Day off, and its Sunday worked.
    const next = {
      ...china,
      publishedYears: new Set([...china.publishedYears, 2027]),
      daysOff: new Set([...china.daysOff, '2027-01-01']),
      makeUpDays: new Set([...china.makeUpDays, '2027-01-03']),
    };
    const published = evaluate(receivedAt, [], next);
    expect({ dueOn: published.dueOn, provisional: published.provisional }).toEqual({ dueOn: '2027-01-07', provisional: false });
  });

  it('has as many working days left after a pause as before it', () => {
    const { dueOn, segments } = evaluate('2026-02-12T09:00:00+08:00', [
      { type: 'paused', at: '2026-02-14T09:00:00+08:00' },
      { type: 'resumed', at: '2026-02-26T09:00:00+08:00' },
    ]);
    // Friday and the worked Saturday are used up; thirteen are left from 26 February on.
    expect(dueOn).toBe(workingDaysAfter('2026-02-26', 13, china).date);
    expect(segments.map(({ from, cause }) => `${from} ${cause}`)).toEqual(['2026-02-12 decide', '2026-02-14 pause', '2026-02-26 decide']);
  });
});

describe('a revised term', () => {
  const decide = pack.rows.find((row): row is TermRow => row.termId === 'decide');
  if (!decide) throw new Error('the pack has no decide');
  const revised: ClockPack = { ...pack, rows: [{ ...decide, days: 10, effectiveFrom: '2026-07-01' }, ...pack.rows] };
  const dueOn = (receivedAt: string, events: Parameters<typeof evaluateClock>[0]['events'] = []): string =>
    evaluateClock({ pack: 'test', receivedAt, at: '2026-12-31T00:00:00+08:00', events }, revised).dueOn;

  it('holds for what is received from its day on', () => {
    expect(dueOn('2026-06-30T23:59:59+08:00')).toBe('2026-07-15');
    expect(dueOn('2026-07-01T00:00:00+08:00')).toBe('2026-07-11');
  });

  it('and for what new facts begin anew from then on', () => {
    expect(dueOn('2026-06-28T09:00:00+08:00', [{ type: 'new-facts', at: '2026-07-02T09:00:00+08:00' }])).toBe('2026-07-12');
  });
});
