import fc from 'fast-check';
import { calendarOf, evaluateClock, findClockPack, type ClockAnswer, type ClockEvent, type ClockInput } from './index.ts';
import { ledgers } from './ledgers.arbitrary.ts';

const found = findClockPack('cn-banking-2020');
if (!found) throw new Error('cn-banking-2020 is missing');
const pack = found;
const runs = { numRuns: 200 };
const DAY = 86_400_000;

const evaluate = (input: ClockInput): ClockAnswer => evaluateClock(input, pack);
const addDays = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;

/** The ledger after all of it has happened. */
const afterAll = (input: ClockInput): ClockInput => ({ ...input, at: '2026-09-01T00:00:00Z' });
const fromLedger = ({ termId, dueOn, dueAt, provisional, segments }: ClockAnswer) => ({ termId, dueOn, dueAt, provisional, segments });
const inShanghai = (day: number, time = '09:00'): string => `${addDays('2026-02-10', day)}T${time}:00+08:00`;
const evaluateFrom = (events: ClockEvent[], day = 120): ClockAnswer =>
  evaluate({ pack: 'cn-banking-2020', receivedAt: inShanghai(0), at: inShanghai(day), events });

describe('for any ledger', () => {
  it('the due date does not depend on when it is asked for', () => {
    fc.assert(
      fc.property(ledgers, fc.integer({ min: 0, max: 4000 }), (ledger, hours) => {
        const later = { ...ledger, at: new Date(Date.parse(afterAll(ledger).at) + hours * 3_600_000).toISOString() };
        expect(fromLedger(evaluate(later))).toEqual(fromLedger(evaluate(afterAll(ledger))));
      }),
      runs,
    );
  });

  it('nor on the order in which events of different instants are told', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const events = (ledger.events ?? []).filter(({ at }, index, all) => all.findIndex((one) => one.at === at) === index);
        const told = evaluate({ ...ledger, events });
        const reversed = evaluate({ ...ledger, events: events.toReversed() });
        expect({
          ...reversed,
          rejected: reversed.rejected.map((one) => ({ ...one, index: events.length - 1 - one.index })).toReversed(),
        }).toEqual(told);
      }),
      runs,
    );
  });

  it('a rejected event changes nothing', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const answer = evaluate(ledger);
        const refused = new Set(answer.rejected.map(({ index }) => index));
        const events = (ledger.events ?? []).filter((_event, index) => !refused.has(index));
        expect(evaluate({ ...ledger, events })).toEqual({ ...answer, rejected: [] });
      }),
      runs,
    );
  });

  it('the refusals come in the order of the list, each with its words and its source', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const { rejected } = evaluate(ledger);
        const places = rejected.map(({ index }) => index);
        expect(places).toEqual([...new Set(places)].toSorted((one, other) => one - other));
        for (const { detail, source } of rejected) expect([detail === '', source === '']).toEqual([false, false]);
      }),
      runs,
    );
  });

  it('the segments have no gaps and end with the due date, or with an open pause', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const { segments, dueOn, state } = evaluate(ledger);
        const last = segments.at(-1);
        expect(last?.to ?? null).toBe(state === 'paused' || last?.to === null ? null : dueOn);
        for (const [index, { from, to, cause }] of segments.entries()) {
          if (index > 0) expect(segments[index - 1]?.to).toBe(from);
          if (to === null) expect([cause, index]).toEqual(['pause', segments.length - 1]);
          // Only what is agreed and received on one day has no length.
          else if (segments.length > 1) expect(daysBetween(from, to)).toBeGreaterThan(0);
        }
      }),
      runs,
    );
  });

  it('the working days of a year, published or not, move no natural day', () => {
    const nothingKnown = { ...calendarOf('CN'), publishedYears: new Set<number>() };
    fc.assert(
      fc.property(ledgers, (ledger) => expect(evaluateClock(ledger, pack, nothingKnown)).toEqual(evaluate(ledger))),
      runs,
    );
  });
});

describe('a pause', () => {
  const within = fc.integer({ min: 0, max: 14 });
  const length = fc.integer({ min: 0, max: 50 });
  const pause = (from: number, to: number, hour = '09'): ClockEvent[] => [
    { type: 'paused', at: inShanghai(from, `${hour}:00`) },
    { type: 'resumed', at: inShanghai(to, `${hour}:30`) },
  ];

  it('inside one day moves nothing', () => {
    fc.assert(
      fc.property(within, (day) => {
        expect({ ...evaluateFrom(pause(day, day)), rejected: [] }).toEqual(evaluateFrom([]));
        expect(evaluateFrom(pause(day, day)).rejected).toEqual([]);
      }),
    );
  });

  it('adds up with another', () => {
    fc.assert(
      fc.property(within, length, within, length, (start, first, rest, second) => {
        const again = start + first + Math.min(rest, 14 - start);
        const { dueOn, rejected } = evaluateFrom([...pause(start, start + first), ...pause(again, again + second, '10')]);
        expect({ dueOn, rejected }).toEqual({ dueOn: addDays('2026-02-25', first + second), rejected: [] });
      }),
    );
  });

  it('survives what extends the term later', () => {
    fc.assert(
      fc.property(within, length, fc.constantFrom('declared-complex' as const, 'extended' as const), (start, days, type) => {
        const at = inShanghai(start + days, '19:00');
        const { dueOn, rejected } = evaluateFrom([
          ...pause(start, start + days),
          { type, at, approverLevel: 'superior', complainantToldAt: at },
        ]);
        expect({ dueOn, rejected }).toEqual({ dueOn: addDays('2026-02-10', (type === 'extended' ? 60 : 30) + days), rejected: [] });
      }),
    );
  });
});
