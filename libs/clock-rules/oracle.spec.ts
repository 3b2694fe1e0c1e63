import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { evaluateClock, findClockPack, type ClockEvent, type ClockInput } from './index.ts';
import { ledgers } from './ledgers.arbitrary.ts';

const found = findClockPack('cn-banking-2020');
if (!found) throw new Error('cn-banking-2020 is missing');
const pack = found;

/**
 * The same rules told another way, with no date added to another: a clock that ticks at every local midnight while it is not paused. The term is over
 * at the tick after its last day.
 */
class TickingClock {
  private ticks = 0;
  private limit = 15;
  private term = 'decide';
  private pausedSince: Temporal.PlainDate | null = null;
  private decided: boolean | null = null;
  private closed: string | null = null;
  private midnight: Temporal.ZonedDateTime;
  readonly refused: number[] = [];

  constructor(
    private readonly input: ClockInput,
    private readonly zone: string,
  ) {
    this.midnight = this.zoned(input.receivedAt).startOfDay().add({ days: 1 }).startOfDay();
  }

  private zoned(text: string): Temporal.ZonedDateTime {
    return Temporal.Instant.from(text).toZonedDateTimeISO(this.zone);
  }

  /** Midnights up to and with the instant. */
  private passTo(now: Temporal.ZonedDateTime): void {
    while (Temporal.ZonedDateTime.compare(this.midnight, now) <= 0) {
      if (this.pausedSince === null) this.ticks += 1;
      this.midnight = this.midnight.add({ days: 1 }).startOfDay();
    }
  }

  private get over(): boolean {
    return this.pausedSince === null && this.ticks > this.limit;
  }

  /** Whether the term would be over at another instant if nothing happened: an extension may be told before or after it is entered. */
  private overAt(text: string, now: Temporal.ZonedDateTime): boolean {
    if (this.pausedSince !== null) return false;
    const last = now.toPlainDate().add({ days: this.limit - this.ticks });
    return Temporal.PlainDate.compare(this.zoned(text).toPlainDate(), last) > 0;
  }

  private allows(event: ClockEvent, now: Temporal.ZonedDateTime): boolean {
    const before = (one: string, other: string): boolean => Temporal.Instant.compare(one, other) < 0;
    const touchable = this.closed === null && this.decided === null && !this.over;
    switch (event.type) {
      case 'declared-complex':
        return touchable && this.term === 'decide';
      case 'extended': {
        if (!touchable || !['decide', 'decide-complex'].includes(this.term)) return false;
        if (event.approverLevel !== 'superior' && event.approverLevel !== 'head-office') return false;
        const toldAt = event.complainantToldAt;
        if (!toldAt || before(toldAt, this.input.receivedAt) || before(this.input.at, toldAt)) return false;
        return !this.overAt(toldAt, now);
      }
      case 'paused':
        return touchable && this.pausedSince === null && !(event.reason === 'mediation' && event.complainantAgreed === false);
      case 'resumed':
        return this.closed === null && this.pausedSince !== null;
      case 'new-facts':
        return this.closed === null && this.decided === null;
      case 'agreed':
        return touchable && Temporal.PlainDate.compare(event.dueOn ?? '0001-01-01', now.toPlainDate()) >= 0;
      case 'decided':
        return this.closed === null && this.decided === null;
      case 'told':
        return this.closed === null && this.decided !== null;
      case 'declined':
      case 'merged':
        return this.closed === null && this.decided === null;
      case 'withdrawn':
      case 'outcome-recorded':
        return this.closed === null;
    }
  }

  private take(event: ClockEvent, now: Temporal.ZonedDateTime): void {
    const today = now.toPlainDate();
    switch (event.type) {
      case 'declared-complex':
        [this.term, this.limit] = ['decide-complex', 30];
        break;
      case 'extended':
        [this.term, this.limit] = ['decide-special', 60];
        break;
      case 'paused':
        this.pausedSince = today;
        break;
      case 'resumed':
        this.pausedSince = null;
        break;
      case 'new-facts':
        [this.term, this.limit, this.ticks] = ['decide', 15, 0];
        if (this.pausedSince !== null) this.pausedSince = today;
        break;
      case 'agreed':
        [this.term, this.limit, this.ticks] = ['agreed', today.until(event.dueOn ?? '', { largestUnit: 'days' }).days, 0];
        if (this.pausedSince !== null) this.pausedSince = today;
        break;
      case 'decided':
        this.decided = !this.over;
        break;
      case 'told':
        this.closed = this.decided && !this.over ? 'met' : 'missed';
        break;
      case 'declined':
      case 'withdrawn':
      case 'merged':
        this.closed = event.type;
        break;
      case 'outcome-recorded':
        this.closed = event.inTime ? 'met' : 'missed';
        break;
    }
  }

  run(): object {
    const now = this.zoned(this.input.at);
    const events = (this.input.events ?? []).map((event, index) => ({ event, index, at: this.zoned(event.at) }));
    for (const { event, index, at } of events.toSorted((one, other) => Temporal.ZonedDateTime.compare(one.at, other.at))) {
      const known =
        Temporal.Instant.compare(event.at, this.input.receivedAt) >= 0 && Temporal.Instant.compare(event.at, this.input.at) <= 0;
      if (known) this.passTo(at);
      if (known && this.allows(event, at)) this.take(event, at);
      else this.refused.push(index);
    }
    this.passTo(now);
    const dueOn = (this.pausedSince ?? now.toPlainDate()).add({ days: this.limit - this.ticks });
    const dueAt = dueOn.add({ days: 1 }).toZonedDateTime(this.zone).toInstant().epochMilliseconds;
    return {
      state: this.closed ?? (this.pausedSince !== null ? 'paused' : this.over ? 'missed' : 'running'),
      termId: this.term,
      dueOn: dueOn.toString(),
      dueAt,
      daysLeft: now.toPlainDate().until(dueOn, { largestUnit: 'days' }).days,
      refused: this.refused.toSorted((one, other) => one - other),
    };
  }
}

it('is what a clock that ticks at midnight says', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(ledgers, (input) => {
      const { state, termId, dueOn, dueAt, daysLeft, rejected } = evaluateClock(input, pack);
      for (const name of [state, termId]) seen.set(name, (seen.get(name) ?? 0) + 1);
      const refused = rejected.map(({ index }) => index);
      expect({ state, termId, dueOn, dueAt: Date.parse(dueAt), daysLeft, refused }).toEqual(
        new TickingClock(input, input.timeZone ?? 'Asia/Shanghai').run(),
      );
    }),
    { numRuns: 300 },
  );
  // A property that never meets a state proves nothing of it.
  for (const name of ['running', 'paused', 'met', 'missed', 'withdrawn', 'declined', 'decide-complex', 'decide-special', 'agreed']) {
    expect(seen.get(name) ?? 0).toBeGreaterThan(0);
  }
});
