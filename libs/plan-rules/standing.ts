import { Temporal } from 'temporal-polyfill';
import { Zone } from '#contact-rules';
import type { Instalment, Paid } from './types.ts';

/** First instant, in epoch milliseconds, at which what was due on a day is missed: the day after the last day of grace begins. */
export const missedFrom = (dueOn: string, graceDays: number, timeZone: string): number =>
  Zone.of(timeZone).dateStart(
    Temporal.PlainDate.from(dueOn)
      .add({ days: graceDays + 1 })
      .toString(),
  );

export interface Running {
  readonly instalments: readonly Pick<Instalment, 'n' | 'dueOn' | 'cents'>[];
  readonly graceDays: number;
  readonly timeZone: string;
  /** What was missed until then is forgiven: somebody took the plan up again. Null: nothing is. */
  readonly forgivenUntil: number | null;
}

/** How a plan stands by what has been paid: when it breaks if no more is paid, or when it was paid in full. Whether that has come is the caller's to say. */
export type Standing =
  | { readonly kind: 'running'; readonly breaksAt: number; readonly instalment: number; readonly dueOn: string; readonly paid: bigint }
  | { readonly kind: 'completed'; readonly at: number; readonly paid: bigint };

/**
 * An instalment is met when, before its day and grace are over, as much has been paid as was due until then: what is paid ahead counts for what comes.
 * The plan breaks at the first that is not. Payments in any order.
 */
export function standingOf({ instalments, graceDays, timeZone, forgivenUntil }: Running, payments: readonly Paid[]): Standing {
  const inOrder = payments.toSorted((a, b) => a.at - b.at);
  const total = instalments.reduce((sum, { cents }) => sum + cents, 0n);
  const paid = inOrder.reduce((sum, { cents }) => sum + cents, 0n);
  let [due, had, next] = [0n, 0n, 0];
  for (const { n, dueOn, cents } of instalments) {
    due += cents;
    const deadline = missedFrom(dueOn, graceDays, timeZone);
    for (let one = inOrder[next]; one && one.at < deadline; one = inOrder[next]) {
      had += one.cents;
      next += 1;
      if (had >= total) return { kind: 'completed', at: one.at, paid };
    }
    const forgiven = forgivenUntil !== null && deadline <= forgivenUntil;
    if (had < due && !forgiven) return { kind: 'running', breaksAt: deadline, instalment: n, dueOn, paid };
  }
  // The last of all was forgiven, and it is not paid yet: whatever still comes completes it.
  const last = instalments.at(-1);
  const rest = inOrder.slice(next).find((one) => (had += one.cents) >= total);
  if (rest) return { kind: 'completed', at: rest.at, paid };
  const breaksAt = forgivenUntil ?? 0;
  return { kind: 'running', breaksAt, instalment: last?.n ?? 0, dueOn: last?.dueOn ?? '', paid };
}
