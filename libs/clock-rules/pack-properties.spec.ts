import fc from 'fast-check';
import { CLOCK_PACK_NAMES, evaluateClock, findClockPack, type ClockAnswer, type ClockEvent, type ClockInput } from './index.ts';
import { ledgersOf } from './ledgers.arbitrary.ts';

// What holds under every pack. That a property meets what it speaks of is counted: one that never does proves nothing.
const runs = { numRuns: 100 };
// After whatever a ledger of the arbitrary tells.
const LATER = Date.parse('2026-12-01T00:00:00Z');
const HOUR_MS = 3_600_000;

const fromLedger = ({ termId, dueOn, dueAt, provisional, segments }: ClockAnswer) => ({ termId, dueOn, dueAt, provisional, segments });
const whole = ({ rejected: _rejected, ...answer }: ClockAnswer) => answer;
const eventsOf = ({ events }: ClockInput): readonly ClockEvent[] => events ?? [];
const inOrder = (events: readonly ClockEvent[]): ClockEvent[] => events.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));

const instantOf = (events: readonly ClockEvent[], index: number): number => Date.parse(events[index]?.at ?? '');

function joinedBy(events: readonly ClockEvent[], joined: readonly number[]): ClockEvent[] {
  const all: ClockEvent[] = [];
  for (const [index, event] of events.entries()) {
    const before = Date.parse(all.at(-1)?.at ?? event.at);
    const minutes = joined[index] ?? 2;
    all.push(minutes > 1 ? event : { ...event, at: new Date(before + minutes * 60_000).toISOString() });
  }
  return all;
}

describe.each(CLOCK_PACK_NAMES)('under %s, for any ledger', (name) => {
  const pack = findClockPack(name);
  if (!pack) throw new Error(`${name} is missing`);
  const ledgers = ledgersOf(name);
  const evaluate = (input: ClockInput): ClockAnswer => evaluateClock(input, pack);
  const withEvents = (input: ClockInput, events: readonly ClockEvent[]): ClockInput => ({ ...input, events });
  const acceptedOf = (input: ClockInput): ClockEvent[] => {
    const refused = new Set(evaluate(input).rejected.map(({ index }) => index));
    return eventsOf(input).filter((_event, index) => !refused.has(index));
  };

  it('the due date depends on the ledger alone, not on when it is asked for', () => {
    fc.assert(
      fc.property(ledgers, fc.integer({ min: 0, max: 10_000 }), (ledger, hours) => {
        const at = (ms: number): ClockInput => ({ ...ledger, at: new Date(ms).toISOString() });
        expect(fromLedger(evaluate(at(LATER + hours * HOUR_MS)))).toEqual(fromLedger(evaluate(at(LATER))));
      }),
      runs,
    );
  });

  it('nor on anything that is no event of it', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const copy = JSON.parse(JSON.stringify(ledger)) as ClockInput;
        const noted = withEvents(
          copy,
          eventsOf(copy).map((event) => ({ ...event, note: 'whatever was written with it', outcome: 'upheld' })),
        );
        expect(evaluate(noted)).toEqual(evaluate(ledger));
      }),
      runs,
    );
  });

  it('recorded one by one in their order, the events give the same segments', () => {
    let [kept, left] = [0, 0];
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const accepted: ClockEvent[] = [];
        for (const event of inOrder(eventsOf(ledger))) {
          const { rejected } = evaluate(withEvents(ledger, [...accepted, event]));
          if (rejected.some(({ index }) => index === accepted.length)) left += 1;
          else {
            accepted.push(event);
            kept += 1;
          }
        }
        const replayed = evaluate(withEvents(ledger, accepted));
        expect(replayed.rejected).toEqual([]);
        expect(whole(replayed)).toEqual(whole(evaluate(ledger)));
        expect(accepted).toEqual(inOrder(acceptedOf(ledger)));
      }),
      runs,
    );
    expect(Math.min(kept, left)).toBeGreaterThan(10);
  });

  it('a pause of no day changes nothing, wherever it is put', () => {
    let put = 0;
    fc.assert(
      fc.property(
        ledgers,
        fc.integer({ min: 0, max: 60 * 24 }),
        fc.constantFrom('appraisal' as const, 'mediation' as const),
        (ledger, hours, reason) => {
          const at = new Date(Date.parse(ledger.receivedAt) + hours * HOUR_MS).toISOString();
          const events = eventsOf(ledger);
          const paused: ClockEvent[] = [
            { type: 'paused', at, reason, complainantAgreed: true },
            { type: 'resumed', at },
          ];
          const { rejected, ...answer } = evaluate(withEvents(ledger, [...events, ...paused]));
          const refused = rejected.filter(({ index }) => index >= events.length).length;
          // A pause that was open ends with it: that is no pause of no day.
          fc.pre(refused !== 1);
          if (refused === 0) put += 1;
          expect(answer).toEqual(whole(evaluate(ledger)));
          expect(rejected.filter(({ index }) => index < events.length)).toEqual(evaluate(ledger).rejected);
        },
      ),
      runs,
    );
    const hasPause = pack.rows.some(({ termId }) => termId === 'pause');
    expect(put > 10).toBe(hasPause);
  });

  it('a rejected event changes nothing', () => {
    let met = 0;
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const answer = evaluate(ledger);
        met += answer.rejected.length;
        expect(evaluate(withEvents(ledger, acceptedOf(ledger)))).toEqual({ ...answer, rejected: [] });
      }),
      runs,
    );
    expect(met).toBeGreaterThan(50);
  });

  it('the order in which events are told does not matter, but for those of one instant', () => {
    let together = 0;
    const given = fc.record({
      ledger: ledgers,
      // Which events happen at the instant of the one before, which a minute later, and a permutation of all.
      joined: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 9, maxLength: 9 }),
      keys: fc.array(fc.integer(), { minLength: 9, maxLength: 9 }),
    });
    fc.assert(
      fc.property(given, ({ ledger: { events, ...ledger }, joined, keys }) => {
        const all = joinedBy(events ?? [], joined);
        const shuffled = all.map((_event, index) => index).toSorted((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0));
        const queues = new Map(
          [...Map.groupBy(shuffled, (index) => instantOf(all, index))].map(([at, group]) => [
            at,
            group.toSorted((one, other) => one - other),
          ]),
        );
        if ([...queues.values()].some(({ length }) => length > 1)) together += 1;
        const order = shuffled.map((index) => queues.get(instantOf(all, index))?.shift() ?? index);
        const told = evaluate({ ...ledger, events: order.flatMap((index) => all[index] ?? []) });
        const back = told.rejected.map((one) => ({ ...one, index: order[one.index] ?? -1 }));
        const rejected = back.toSorted((one, other) => one.index - other.index);
        expect({ ...told, rejected }).toEqual(evaluate({ ...ledger, events: all }));
      }),
      runs,
    );
    expect(together).toBeGreaterThan(20);
  });
});
