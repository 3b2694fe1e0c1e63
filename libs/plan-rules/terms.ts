import { Temporal } from 'temporal-polyfill';
import { divideRounded, fromCents } from './money.ts';
import { termLimitOn, type TermLimit } from './limits.ts';
import type { Finding, GivenInstalment, Instalment, PlanTerms } from './types.ts';

/** The instalments, or everything that is wrong with the terms. */
export type Drawn =
  | { readonly ok: true; readonly instalments: readonly Instalment[]; readonly limit: TermLimit }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export interface DrawnOn {
  /** The day of the agreement where the debtor is. */
  readonly agreedOn: string;
  /** The day from which the term counts: that of the first agreement where this one replaces one that runs. */
  readonly termFrom: string;
}

const MILLION = 1_000_000n;
const MONTHS_A_YEAR = 12n;

const TOO_SMALL: Finding = { pointer: '/months', detail: 'leaves less than a cent for an instalment: agree on fewer instalments' };

/** What is to be paid back: the debt less what is let off. */
export const toRepay = ({ owed, waivedInterest, waivedFees }: PlanTerms): bigint =>
  owed.principal + owed.interest - waivedInterest + owed.fees - waivedFees;

/** The due day of a month: 29 to 31 are the last day of a shorter one. */
function dueDates(firstDueOn: string, dueDay: number | null, months: number): string[] {
  const first = Temporal.PlainDate.from(firstDueOn);
  const month = first.toPlainYearMonth();
  const day = dueDay ?? first.day;
  return Array.from({ length: months }, (_, n) =>
    month
      .add({ months: n })
      .toPlainDate({ day: Math.min(day, month.add({ months: n }).daysInMonth) })
      .toString(),
  );
}

/** Instalments of one height, floor of `B·i / (1 − (1+i)^−n)`, in whole numbers: a rate of double precision would not be exact for every sum. */
function annuity(base: bigint, annualRate: bigint, months: bigint): bigint {
  if (annualRate === 0n) return base / months;
  const one = MILLION * MONTHS_A_YEAR;
  const grown = (one + annualRate) ** months;
  return (base * annualRate * grown) / (one * (grown - one ** months));
}

function drawMonthly(terms: PlanTerms): Instalment[] {
  const { method, months, annualRate, feePerInstalment, chargeCap } = terms;
  const base = toRepay(terms);
  const level = annuity(base, annualRate, BigInt(months));
  const share = base / BigInt(months);
  let outstanding = base;
  let room = chargeCap;
  /** What of a charge is left under the cap. */
  const capped = (charge: bigint): bigint => {
    if (room === null) return charge;
    const taken = charge < room ? charge : room;
    room -= taken;
    return taken;
  };
  return dueDates(terms.firstDueOn, terms.dueDay, months).map((dueOn, index) => {
    const accrued = divideRounded(outstanding * annualRate, MILLION * MONTHS_A_YEAR);
    const regular = method === 'equal-principal' ? share : level - accrued;
    // The last takes the rest, whatever was cut off before.
    const principal = index === months - 1 ? outstanding : regular;
    outstanding -= principal;
    const interest = capped(accrued);
    const fee = capped(feePerInstalment);
    return { n: index + 1, dueOn, principal, interest, fee, cents: principal + interest + fee };
  });
}

const drawCustom = (given: readonly GivenInstalment[]): Instalment[] =>
  given.map(({ dueOn, cents }, index) => ({ n: index + 1, dueOn, principal: cents, interest: 0n, fee: 0n, cents }));

function amountFindings(terms: PlanTerms): Finding[] {
  const { owed, waivedInterest, waivedFees, chargeCap, feePerInstalment } = terms;
  const checks: readonly (readonly [string, boolean, string])[] = [
    ['/owed/principal', owed.principal > 0n, 'must be more than 0'],
    ['/owed/interest', owed.interest >= 0n, 'must not be below 0'],
    ['/owed/fees', owed.fees >= 0n, 'must not be below 0'],
    [
      '/waivedInterest',
      waivedInterest >= 0n && waivedInterest <= owed.interest,
      `must be from 0 to the interest owed, ${fromCents(owed.interest)}`,
    ],
    ['/waivedFees', waivedFees >= 0n && waivedFees <= owed.fees, `must be from 0 to the fees owed, ${fromCents(owed.fees)}`],
    ['/feePerInstalment', feePerInstalment >= 0n, 'must not be below 0'],
    ['/chargeCap', chargeCap === null || chargeCap >= 0n, 'must not be below 0'],
  ];
  return checks.filter(([, holds]) => !holds).map(([pointer, , detail]) => ({ pointer, detail }));
}

function monthlyFindings(terms: PlanTerms, { months, source }: TermLimit): Finding[] {
  if (terms.months < 1) return [{ pointer: '/months', detail: 'must be at least 1' }];
  if (terms.months > months)
    return [
      { pointer: '/months', detail: `must be at most ${months}: a personalised repayment plan lasts five years at the longest`, source },
    ];
  const first = Temporal.PlainDate.from(terms.firstDueOn);
  if (terms.dueDay !== null && first.day !== Math.min(terms.dueDay, first.daysInMonth))
    return [{ pointer: '/firstDueOn', detail: `must fall on the due day, ${terms.dueDay}, or on the last day of a shorter month` }];
  if (toRepay(terms) < BigInt(terms.months)) return [TOO_SMALL];
  return [];
}

function customFindings(terms: PlanTerms, { months, source }: TermLimit): Finding[] {
  const { instalments } = terms;
  if (instalments.length === 0) return [{ pointer: '/instalments', detail: 'are needed for a plan of the method custom' }];
  if (instalments.length > months) return [{ pointer: '/instalments', detail: `must be at most ${months}`, source }];
  if (terms.annualRate > 0n || terms.feePerInstalment > 0n)
    return [
      {
        pointer: terms.annualRate > 0n ? '/annualRate' : '/feePerInstalment',
        detail: 'must be 0 for a plan of the method custom: its instalments are what is paid',
      },
    ];
  const findings: Finding[] = instalments.flatMap(({ dueOn, cents }, index) => {
    const before = instalments[index - 1];
    const at = `/instalments/${index}`;
    if (cents <= 0n) return [{ pointer: `${at}/amount`, detail: 'must be more than 0' }];
    if (before && before.dueOn >= dueOn)
      return [{ pointer: `${at}/dueOn`, detail: `must be after ${before.dueOn}, the instalment before` }];
    return [];
  });
  const sum = instalments.reduce((total, { cents }) => total + cents, 0n);
  const due = toRepay(terms);
  if (findings.length === 0 && sum !== due)
    return [
      { pointer: '/instalments', detail: `must add up to ${fromCents(due)}; they are ${fromCents(sum)}, ${fromCents(sum - due)} off` },
    ];
  return findings;
}

function dateFindings(
  instalments: readonly Instalment[],
  { agreedOn, termFrom }: DrawnOn,
  terms: PlanTerms,
  { months, source }: TermLimit,
): Finding[] {
  const pointerOf = (index: number): string => (terms.method === 'custom' ? `/instalments/${index}/dueOn` : '/firstDueOn');
  const first = instalments[0];
  if (first && first.dueOn < agreedOn)
    return [{ pointer: pointerOf(0), detail: `must not be before ${agreedOn}, the day of the agreement` }];
  // Five years from the agreement, that day five years on included.
  const last = Temporal.PlainDate.from(termFrom).add({ months }).toString();
  const late = instalments.findIndex(({ dueOn }) => dueOn > last);
  if (late < 0) return [];
  const detail = `puts an instalment on ${instalments.at(-1)?.dueOn ?? ''}, after ${last}: five years from ${termFrom}; begin sooner or agree on fewer instalments`;
  return [{ pointer: pointerOf(late), detail, source }];
}

/**
 * Instalments from terms. The sum of their principal is exactly what is to be repaid; amounts are cut to the cent, never rounded up, and the last
 * takes the rest. A term beyond the longest is refused with its article (CC11 Art. 70). Each month counts as a twelfth of the yearly rate.
 */
export function drawPlan(terms: PlanTerms, on: DrawnOn): Drawn {
  const limit = termLimitOn(on.agreedOn);
  if (!limit) return { ok: false, findings: [{ pointer: '', detail: `no rule for repayment plans was in force on ${on.agreedOn}` }] };
  const custom = terms.method === 'custom';
  const amounts = amountFindings(terms);
  const findings = [...amounts, ...(custom ? customFindings(terms, limit) : monthlyFindings(terms, limit))];
  if (findings.length > 0) return { ok: false, findings };
  const instalments = custom ? drawCustom(terms.instalments) : drawMonthly(terms);
  // Where an instalment is a few cents, interest that is rounded each month can use up the debt before the last is due.
  if (instalments.some(({ principal }) => principal < 1n)) return { ok: false, findings: [TOO_SMALL] };
  const dates = dateFindings(instalments, on, terms, limit);
  return dates.length > 0 ? { ok: false, findings: dates } : { ok: true, instalments, limit };
}
