import type { PlanDetail, PlanRequest, PlanTerms } from './api.ts';

/** The form as it is filled in. */
export interface PlanFields {
  readonly principal: string;
  readonly interest?: string;
  readonly fees?: string;
  readonly waivedInterest?: string;
  readonly waivedFees?: string;
  readonly method: PlanTerms['method'];
  readonly months?: number;
  readonly firstDueOn?: string;
  readonly annualRatePercent?: string;
  readonly feePerInstalment?: string;
  readonly chargeCap?: string;
  /** Of a plan of its own: a line each, `2026-12-20 1000.00`. */
  readonly lines?: string;
  readonly hardship?: PlanRequest['hardship'];
  readonly monthlyIncome?: string;
  readonly monthlyExpense?: string;
  readonly note?: string;
  readonly replaces?: boolean;
}

const AMOUNT = /^\d{1,15}(\.\d{1,2})?$/;
const LINE = /^(\d{4}-\d{2}-\d{2})[\s,;，；]+(\d{1,15}(?:\.\d{1,2})?)$/;

/** Null where a line is not a date and an amount. */
export function readLines(text: string): { dueOn: string; amount: string }[] | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line) => LINE.exec(line));
  return read.length > 0 && read.every((match) => match !== null) ? read.map(([, dueOn = '', amount = '']) => ({ dueOn, amount })) : null;
}

const given = (value: string | undefined): string | undefined => (value === undefined || value.trim() === '' ? undefined : value.trim());

/** What is sent; null as long as it is not whole. */
export function toTerms(fields: PlanFields, runningId: string | null): PlanTerms | null {
  const { method, months, firstDueOn } = fields;
  const [principal = '', interest = '0', fees = '0'] = [given(fields.principal), given(fields.interest), given(fields.fees)];
  const optional = {
    waivedInterest: given(fields.waivedInterest),
    waivedFees: given(fields.waivedFees),
    feePerInstalment: given(fields.feePerInstalment),
    chargeCap: given(fields.chargeCap),
  };
  const amounts = [principal, interest, fees, ...Object.values(optional).filter((value) => value !== undefined)];
  if (!amounts.every((amount) => AMOUNT.test(amount))) return null;
  const rate = given(fields.annualRatePercent);
  const told = Object.fromEntries(Object.entries({ ...optional, annualRatePercent: rate }).filter(([, value]) => value !== undefined));
  const common = { owed: { principal, interest, fees }, method, ...told, ...(runningId !== null && { replaces: runningId }) };
  if (method === 'custom') {
    const instalments = readLines(fields.lines ?? '');
    return instalments && { ...common, instalments };
  }
  return months === undefined || firstDueOn === undefined ? null : { ...common, months, firstDueOn };
}

/** The fields of a plan that is there. */
export function toFields({ terms, hardship, circumstances }: PlanDetail): PlanFields {
  const { owed, instalments = [], months, firstDueOn, chargeCap, ...rest } = terms as unknown as PlanTerms;
  const lines = instalments.map(({ dueOn, amount }) => `${dueOn} ${amount}`).join('\n');
  return {
    ...owed,
    ...rest,
    replaces: Boolean(rest.replaces),
    hardship,
    ...(months !== undefined && { months }),
    ...(firstDueOn !== undefined && { firstDueOn }),
    ...(chargeCap && { chargeCap }),
    ...(lines !== '' && { lines }),
    ...(circumstances && {
      monthlyIncome: circumstances.monthlyIncome,
      monthlyExpense: circumstances.monthlyExpense,
      note: circumstances.note ?? '',
    }),
  };
}
