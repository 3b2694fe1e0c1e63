import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { drawPlan, fromCents, toCents, toMillionths, type PlanMethod, type PlanTerms } from './index.ts';

interface Case {
  readonly note: string;
  readonly agreed?: string;
  readonly termFrom?: string;
  readonly method?: PlanMethod;
  readonly months?: number;
  readonly first?: string;
  readonly dueDay?: number;
  readonly principal?: string;
  readonly interest?: string;
  readonly fees?: string;
  readonly waivedInterest?: string;
  readonly waivedFees?: string;
  readonly rate?: string;
  readonly fee?: string;
  readonly cap?: string;
  readonly instalments?: readonly string[];
  readonly want: {
    readonly refused?: string;
    readonly amounts?: readonly string[];
    readonly dates?: readonly string[];
    readonly count?: number;
    readonly first?: string;
    readonly last?: string;
    readonly lastDue?: string;
  };
}

// Dates stay text: `core` knows no timestamps.
const cases = parse(readFileSync(join(import.meta.dirname, 'cases/terms.yaml'), 'utf8'), { schema: 'core' }) as Case[];
const cents = (text = '0'): bigint => toCents(text) ?? -1n;

const termsOf = (given: Case): PlanTerms => ({
  owed: { principal: cents(given.principal ?? '5000.00'), interest: cents(given.interest), fees: cents(given.fees) },
  waivedInterest: cents(given.waivedInterest),
  waivedFees: cents(given.waivedFees),
  method: given.method ?? 'equal-principal',
  months: given.instalments?.length ?? given.months ?? 0,
  firstDueOn: given.first ?? '2026-12-20',
  dueDay: given.dueDay ?? null,
  annualRate: toMillionths(given.rate ?? '0') ?? -1n,
  feePerInstalment: cents(given.fee),
  chargeCap: given.cap === undefined ? null : cents(given.cap),
  instalments: (given.instalments ?? []).map((text) => {
    const [dueOn = '', amount = ''] = text.split(' ');
    return { dueOn, cents: cents(amount) };
  }),
});

describe('terms of a plan', () => {
  it.each(cases.map((one) => [one.note, one] as const))('%s', (_note, given) => {
    const agreedOn = given.agreed ?? '2026-11-29';
    const drawn = drawPlan(termsOf(given), { agreedOn, termFrom: given.termFrom ?? agreedOn });
    const { want } = given;
    if (!drawn.ok) {
      expect(drawn.findings.map(({ pointer, source }) => [pointer, source].filter((part) => part !== undefined).join(' '))).toEqual([
        want.refused,
      ]);
      return;
    }
    const { instalments } = drawn;
    const amounts = instalments.map((one) => fromCents(one.cents));
    const got = {
      amounts,
      dates: instalments.map(({ dueOn }) => dueOn),
      count: instalments.length,
      first: amounts[0],
      last: amounts.at(-1),
      lastDue: instalments.at(-1)?.dueOn,
    };
    expect(got).toMatchObject(want);
  });
});
