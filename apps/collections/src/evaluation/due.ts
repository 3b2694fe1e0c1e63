import { addDays, earlier } from '../oversight/local-days.ts';
import type { GovernanceSetting } from '../oversight/setting.ts';

/** At least yearly (GBT 5.4, CBA26). */
export const EVALUATED_WITHIN_DAYS = 365;
// An evaluation that is not older than this on the last day before the contract's end serves for the next contract.
const SERVES_DAYS = 90;

export const DUE_CAUSES = ['yearly', 'contract-end', 'first'] as const;
export type DueCause = (typeof DUE_CAUSES)[number];

export interface EvaluationDue {
  readonly dueOn: string;
  readonly cause: DueCause;
}

interface Evaluated {
  readonly contractFrom: string | null;
  readonly contractTo: string | null;
  readonly lastEvaluatedOn: string | null;
}

/** The last day on which an agency is evaluated again: a year after the last time, or before the contract ends, whichever is earlier. */
export function evaluationDue(
  { contractFrom, contractTo, lastEvaluatedOn }: Evaluated,
  { evaluationBeforeContractEndDays: before }: Pick<GovernanceSetting, 'evaluationBeforeContractEndDays'>,
  today: string,
): EvaluationDue {
  const since = lastEvaluatedOn ?? contractFrom;
  const yearly = since === null ? today : addDays(since, EVALUATED_WITHIN_DAYS);
  const cause: DueCause = lastEvaluatedOn === null ? 'first' : 'yearly';
  if (contractTo === null || contractTo < today) return { dueOn: yearly, cause };
  const last = addDays(contractTo, -before);
  const serves = lastEvaluatedOn !== null && lastEvaluatedOn >= addDays(last, -SERVES_DAYS);
  if (serves) return { dueOn: yearly, cause };
  const dueOn = earlier(yearly, last);
  return { dueOn, cause: dueOn === last ? 'contract-end' : cause };
}
