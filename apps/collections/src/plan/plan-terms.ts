import { drawPlan, fromCents, toCents, toMillionths, type Drawn, type DrawnOn, type Instalment, type PlanTerms } from '#plan-rules';
import { INVALID, Refusal, type FieldError } from '#problem';
import type { PlanPreviewView, PlanTermsRequest } from './plan.dto.ts';

interface Debt {
  readonly balance: string;
  readonly currency: string;
}

const needed = (pointer: string, detail = 'is needed'): FieldError => ({ pointer, detail });

/** The terms in whole cents. Refuses with INVALID for what is not an amount, and for what is missing. */
export function toTerms(request: PlanTermsRequest): PlanTerms {
  const errors: FieldError[] = [];
  const cents = (pointer: string, amount: string | null | undefined): bigint => {
    const value = toCents(amount ?? '0');
    if (value === null) errors.push({ pointer, detail: 'must have at most two decimals' });
    return value ?? 0n;
  };
  const { owed, method, months, firstDueOn, chargeCap = null, instalments = [] } = request;
  const custom = method === 'custom';
  const annualRate = toMillionths(request.annualRatePercent ?? '0');
  if (annualRate === null)
    errors.push({ pointer: '/annualRatePercent', detail: 'must be per cent a year with at most four decimals, such as 12.5' });
  if (!custom && months === undefined) errors.push(needed('/months'));
  if (!custom && firstDueOn === undefined) errors.push(needed('/firstDueOn'));
  if (!custom && instalments.length > 0) errors.push(needed('/instalments', 'are for the method custom alone'));
  if (custom && months !== undefined) errors.push(needed('/months', 'is not for the method custom: its instalments are counted'));
  if (custom && firstDueOn !== undefined)
    errors.push(needed('/firstDueOn', 'is not for the method custom: its instalments have their days'));
  const terms: PlanTerms = {
    owed: {
      principal: cents('/owed/principal', owed.principal),
      interest: cents('/owed/interest', owed.interest),
      fees: cents('/owed/fees', owed.fees),
    },
    waivedInterest: cents('/waivedInterest', request.waivedInterest),
    waivedFees: cents('/waivedFees', request.waivedFees),
    method,
    months: custom ? instalments.length : (months ?? 1),
    firstDueOn: custom ? (instalments[0]?.dueOn ?? '') : (firstDueOn ?? ''),
    dueDay: request.dueDay ?? null,
    annualRate: annualRate ?? 0n,
    feePerInstalment: cents('/feePerInstalment', request.feePerInstalment),
    chargeCap: chargeCap === null ? null : cents('/chargeCap', chargeCap),
    instalments: instalments.map(({ dueOn, amount }, index) => ({ dueOn, cents: cents(`/instalments/${index}/amount`, amount) })),
  };
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  return terms;
}

export type DrawnPlan = Extract<Drawn, { ok: true }>;

/** Refuses with INVALID, with the article where a rule refuses. */
export function draw(terms: PlanTerms, on: DrawnOn, debt: Debt | null): DrawnPlan {
  const drawn = drawPlan(terms, on);
  const errors: FieldError[] = drawn.ok ? [] : drawn.findings.map((finding) => renamed(finding));
  const owed = owedOf(terms);
  if (debt !== null && owed !== toCents(debt.balance))
    errors.push({
      pointer: '/owed',
      detail: `must add up to the balance of the case, ${debt.balance} ${debt.currency}; it is ${fromCents(owed)}`,
      source: 'CC11 70',
    });
  if (!drawn.ok || errors.length > 0) throw new Refusal(INVALID, { errors });
  return drawn;
}

// As the request names it.
const renamed = (finding: FieldError): FieldError =>
  finding.pointer === '/annualRate' ? { ...finding, pointer: '/annualRatePercent' } : finding;

export const owedOf = ({ owed }: PlanTerms): bigint => owed.principal + owed.interest + owed.fees;
export const totalOf = (instalments: readonly Instalment[]): bigint => instalments.reduce((sum, { cents }) => sum + cents, 0n);

/** Who may approve a plan on so much, at least. */
export function approverOf(
  owed: bigint,
  currency: string,
  limits: Readonly<Record<string, string>>,
): 'collections-manager' | 'head-office-approver' {
  const limit = toCents(limits[currency] ?? '') ?? -1n;
  return owed <= limit ? 'collections-manager' : 'head-office-approver';
}

export function toPreview(
  terms: PlanTerms,
  { instalments, limit }: DrawnPlan,
  currency: string,
  limits: Readonly<Record<string, string>>,
): PlanPreviewView {
  const money = (cents: bigint) => ({ amount: fromCents(cents), currency });
  return {
    instalments: instalments.map(({ n, dueOn, cents, principal, interest, fee }) => ({
      n,
      dueOn,
      amount: fromCents(cents),
      principal: fromCents(principal),
      interest: fromCents(interest),
      fee: fromCents(fee),
      paid: '0.00',
    })),
    total: money(totalOf(instalments)),
    owed: money(owedOf(terms)),
    waived: money(terms.waivedInterest + terms.waivedFees),
    charges: money(instalments.reduce((sum, { interest, fee }) => sum + interest + fee, 0n)),
    lastDueOn: instalments.at(-1)?.dueOn ?? '',
    limitMonths: limit.months,
    source: limit.source,
    approver: approverOf(owedOf(terms), currency, limits),
  };
}
