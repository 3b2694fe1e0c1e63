import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { drawPlan, missedFrom, settlePromises, standingOf, toRepay, type Paid, type PlanTerms, type Promised } from './index.ts';

const DAY = 86_400_000;
const ZONE = 'Asia/Shanghai';
const ZONES = ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'Pacific/Apia'] as const;
const dayAfter = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();
const START = '2026-11-01';
const startOf = (date: string, zone: string): number => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;

const terms: fc.Arbitrary<PlanTerms> = fc
  .record({
    owed: fc.record({ principal: fc.bigInt(100n, 900_000_000n), interest: fc.bigInt(0n, 9_000_000n), fees: fc.bigInt(0n, 900_000n) }),
    waived: fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })),
    method: fc.constantFrom('equal-principal' as const, 'equal-instalment' as const),
    months: fc.integer({ min: 1, max: 60 }),
    day: fc.integer({ min: 0, max: 29 }),
    annualRate: fc.bigInt(0n, 360_000n),
    feePerInstalment: fc.bigInt(0n, 5000n),
    chargeCap: fc.option(fc.bigInt(0n, 1_000_000n)),
  })
  .map(({ waived: [interest, fees], day, owed, ...rest }) => ({
    ...rest,
    owed,
    waivedInterest: (owed.interest * BigInt(interest)) / 100n,
    waivedFees: (owed.fees * BigInt(fees)) / 100n,
    firstDueOn: dayAfter(START, day),
    dueDay: null,
    instalments: [],
  }));
const SMALL: PlanTerms = {
  method: 'equal-instalment',
  months: 56,
  annualRate: 11_488n,
  feePerInstalment: 0n,
  chargeCap: null,
  owed: { principal: 108n, interest: 1n, fees: 0n },
  waivedInterest: 0n,
  waivedFees: 0n,
  firstDueOn: START,
  dueDay: null,
  instalments: [],
};
const on = { agreedOn: START, termFrom: START };

describe('for any terms', () => {
  it('the principal adds up to the cent, no instalment is below nothing, and the days ascend', () => {
    fc.assert(
      fc.property(terms, (given) => {
        const drawn = drawPlan(given, on);
        if (!drawn.ok) return;
        const { instalments } = drawn;
        expect(instalments.reduce((sum, { principal }) => sum + principal, 0n)).toBe(toRepay(given));
        expect(instalments).toHaveLength(given.months);
        expect(
          instalments.every(({ principal, interest, fee, cents }) => principal >= 0n && cents === principal + interest + fee && cents > 0n),
        ).toBe(true);
        expect(instalments.every(({ dueOn }, n) => n === 0 || dueOn > (instalments[n - 1]?.dueOn ?? ''))).toBe(true);
        const charges = instalments.reduce((sum, { interest, fee }) => sum + interest + fee, 0n);
        if (given.chargeCap !== null) expect(charges <= given.chargeCap).toBe(true);
      }),
      {
        numRuns: 500,
        // 109 cents in 56 months at 1.1488 per cent: 2 cents a month, and the last would owe the debtor one.
        examples: [[SMALL]],
      },
    );
  });

  it('equal instalments differ by cents, but for the last', () => {
    fc.assert(
      fc.property(terms, (given) => {
        const drawn = drawPlan({ ...given, method: 'equal-instalment', chargeCap: null }, on);
        if (!drawn.ok) return;
        const amounts = drawn.instalments.map(({ cents }) => cents);
        expect(new Set(amounts.slice(0, -1)).size).toBeLessThanOrEqual(1);
        const [usual = 0n, last = 0n] = [amounts[0], amounts.at(-1)];
        expect(last - usual).toBeGreaterThanOrEqual(-BigInt(given.months));
        // What the cut cents of every month come to, with interest on them.
        expect(last - usual).toBeLessThanOrEqual(3n * BigInt(given.months));
      }),
      { numRuns: 300 },
    );
  });

  it('the plan never ends more than five years after the agreement', () => {
    fc.assert(
      fc.property(terms, fc.integer({ min: 1, max: 90 }), (given, months) => {
        const drawn = drawPlan({ ...given, months }, on);
        if (drawn.ok) expect(drawn.instalments.at(-1)?.dueOn.localeCompare('2031-11-01')).toBeLessThanOrEqual(0);
        else expect(drawn.findings.every(({ source }) => source === 'CC11 70' || months <= 60)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const instalmentsOf = (amounts: readonly number[], gaps: readonly number[]) => {
  let day = 0;
  return amounts.map((cents, index) => {
    day += gaps[index] ?? 1;
    return { n: index + 1, dueOn: dayAfter(START, day), cents: BigInt(cents) };
  });
};
const world = fc.record({
  amounts: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }),
  gaps: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 6, maxLength: 6 }),
  graceDays: fc.integer({ min: 0, max: 4 }),
  timeZone: fc.constantFrom(...ZONES),
  // Hours after the beginning, often on the very bound of a day.
  payments: fc.array(fc.tuple(fc.integer({ min: 0, max: 70 }), fc.constantFrom(0, 1, DAY / 2, DAY - 1), fc.integer({ min: 1, max: 80 })), {
    maxLength: 12,
  }),
});

/** As a person with a calendar and a purse would do it, one day after the other. */
function dayByDay(
  { graceDays, timeZone }: { graceDays: number; timeZone: string },
  instalments: readonly { n: number; dueOn: string; cents: bigint }[],
  payments: readonly Paid[],
): { broken: string; n: number } | { completed: number } {
  let purse = 0n;
  const total = instalments.reduce((sum, { cents }) => sum + cents, 0n);
  for (let day = 0; day < 200; day += 1) {
    const today = dayAfter(START, day);
    let due = 0n;
    for (const { n, dueOn, cents } of instalments) {
      due += cents;
      if (dayAfter(dueOn, graceDays) < today && purse < due) return { broken: today, n };
    }
    const [begins, ends] = [startOf(today, timeZone), startOf(dayAfter(today, 1), timeZone)];
    for (const one of payments.filter(({ at }) => at >= begins && at < ends).toSorted((a, b) => a.at - b.at)) {
      purse += one.cents;
      if (purse >= total) return { completed: one.at };
    }
  }
  throw new Error('no plan is that long');
}

const paidOf = (payments: readonly (readonly [number, number, number])[], zone: string): Paid[] =>
  payments.map(([day, ms, cents]) => ({ at: startOf(dayAfter(START, day), zone) + ms, cents: BigInt(cents) }));

describe('for any payments', () => {
  it('a plan breaks, or is completed, as it does day by day', () => {
    fc.assert(
      fc.property(world, ({ amounts, gaps, graceDays, timeZone, payments }) => {
        const instalments = instalmentsOf(amounts, gaps);
        const paid = paidOf(payments, timeZone);
        const standing = standingOf({ instalments, graceDays, timeZone, forgivenUntil: null }, paid);
        const model = dayByDay({ graceDays, timeZone }, instalments, paid);
        if ('completed' in model) expect(standing).toMatchObject({ kind: 'completed', at: model.completed });
        else expect(standing).toMatchObject({ kind: 'running', breaksAt: startOf(model.broken, timeZone), instalment: model.n });
      }),
      { numRuns: 1000 },
    );
  });

  it('a payment more never breaks a plan sooner', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 70 }), ({ amounts, gaps, graceDays, timeZone, payments }, day) => {
        const running = { instalments: instalmentsOf(amounts, gaps), graceDays, timeZone, forgivenUntil: null };
        const before = standingOf(running, paidOf(payments, timeZone));
        const after = standingOf(running, paidOf([...payments, [day, 0, 10]], timeZone));
        if (before.kind === 'completed') expect(after.kind).toBe('completed');
        else if (after.kind === 'running') expect(after.breaksAt).toBeGreaterThanOrEqual(before.breaksAt);
      }),
      { numRuns: 500 },
    );
  });

  it('what was forgiven is not missed again', () => {
    const running = { instalments: instalmentsOf([10, 10, 10], [5, 5, 5]), graceDays: 1, timeZone: ZONE, forgivenUntil: null };
    const late: Paid[] = [{ at: startOf('2026-11-09', ZONE), cents: 10n }];
    const broken = standingOf(running, late);
    expect(broken).toMatchObject({ kind: 'running', instalment: 1, breaksAt: startOf('2026-11-08', ZONE) });
    const again = standingOf({ ...running, forgivenUntil: startOf('2026-11-09', ZONE) }, late);
    expect(again).toMatchObject({ kind: 'running', instalment: 2, breaksAt: startOf('2026-11-13', ZONE) });
  });
});

describe('promises', () => {
  const promises = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 50 })), {
    maxLength: 5,
  });
  const payments = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 60 })), { maxLength: 10 });
  const make = (given: readonly (readonly [number, number, number])[]): Promised[] =>
    given.map(([made, days, cents], n) => ({ id: `p${n}`, cents: BigInt(cents), madeAt: made * DAY, breaksAt: (made + days) * DAY }));

  it('count a payment once, and never more than was promised', () => {
    fc.assert(
      fc.property(promises, payments, (given, paid) => {
        const made = make(given);
        const settled = settlePromises(
          made,
          paid.map(([day, cents]) => ({ at: day * DAY, cents: BigInt(cents) })),
          100 * DAY,
        );
        const counted = settled.reduce((sum, one) => sum + one.paid, 0n);
        expect(counted <= paid.reduce((sum, [, cents]) => sum + BigInt(cents), 0n)).toBe(true);
        for (const one of settled) {
          const promise = made.find(({ id }) => id === one.id);
          expect(one.paid <= (promise?.cents ?? 0n)).toBe(true);
          expect(one.state).toBe(one.paid === promise?.cents ? 'kept' : 'broken');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are served as if every cent came by itself', () => {
    fc.assert(
      fc.property(promises, payments, (given, paid) => {
        const made = make(given);
        const settled = settlePromises(
          made,
          paid.map(([day, cents]) => ({ at: day * DAY, cents: BigInt(cents) })),
          100 * DAY,
        );
        const cents = paid.toSorted(([a], [b]) => a - b).flatMap(([day, count]) => Array.from({ length: count }, () => day * DAY));
        const got = new Map(made.map(({ id }) => [id, 0n]));
        for (const at of cents) {
          const served = made
            .filter((one) => at >= one.madeAt && at < one.breaksAt && (got.get(one.id) ?? 0n) < one.cents)
            .toSorted((a, b) => a.breaksAt - b.breaksAt || a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1))[0];
          if (served) got.set(served.id, (got.get(served.id) ?? 0n) + 1n);
        }
        expect(new Map(settled.map((one) => [one.id, one.paid]))).toEqual(got);
      }),
      { numRuns: 300 },
    );
  });

  it('are open until the instant at which they break', () => {
    const one: Promised = { id: 'p', cents: 10n, madeAt: 0, breaksAt: missedFrom('2026-11-25', 1, ZONE) };
    expect(settlePromises([one], [], one.breaksAt - 1)).toEqual([{ id: 'p', state: 'open', paid: 0n, at: null }]);
    expect(settlePromises([one], [{ at: 5, cents: 4n }], one.breaksAt)).toEqual([{ id: 'p', state: 'broken', paid: 4n, at: one.breaksAt }]);
  });
});
