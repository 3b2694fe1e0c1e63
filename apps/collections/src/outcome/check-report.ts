import type { Result } from '#contact-rules';
import type { FieldError } from '#problem';
import type { OutcomeReport, Reached, Special } from './outcome.dto.ts';

const TALKED: readonly Result[] = ['answered', 'conversation', 'refused'];
/** Who may promise: whoever owes, or speaks for somebody who does. */
const PROMISES: readonly Reached[] = ['debtor', 'co-debtor', 'guarantor', 'representative'];
const LATEST_FOLLOW_UP_DAYS = 366;
const DAY_MS = 86_400_000;

/** What somebody else may report of a debtor whom nobody can reach any more. */
const OF_THE_ABSENT: readonly Special[] = ['death', 'lost-contact', 'imprisoned', 'illness', 'other'];

/** What does not go together in a report, whatever the case. Pure. */
export function checkReport(report: OutcomeReport, result: Result, now: Date): FieldError[] {
  const errors: FieldError[] = [];
  const { reached = null, promise = null, special = null, followUpAt = null, bestTime = null } = report;
  const wrong = (field: string, detail: string): void => void errors.push({ pointer: `/report/${field}`, detail });
  if (result === 'cancelled') {
    const said = Object.entries(report).filter(([, value]) => value !== undefined && value !== null && value !== false);
    for (const [field] of said) if (field !== 'followUpAt') wrong(field, 'is of a contact that was made; this one was cancelled');
  }
  const talked = TALKED.includes(result);
  if (!talked && reached !== null && reached !== 'nobody')
    wrong('reached', `is somebody, and the result ${result} says that nobody was spoken with`);
  if (result === 'conversation' && reached === 'nobody') wrong('reached', 'is nobody, and the result says that there was a talk');
  if (promise && !talked) wrong('promise', `needs a talk; the result is ${result}`);
  if (promise && reached !== null && !PROMISES.includes(reached))
    wrong('promise', `may be made by ${PROMISES.join(', ')}; who was reached is ${reached}`);
  if (special !== null && !talked && !OF_THE_ABSENT.includes(special)) wrong('special', `needs a talk; the result is ${result}`);
  if (report.wantsNoCalls && !talked) wrong('wantsNoCalls', `needs a talk; the result is ${result}`);
  if (bestTime && bestTime.from === bestTime.to) wrong('bestTime/to', 'must differ from `from`');
  if (followUpAt !== null) {
    const at = Date.parse(followUpAt);
    if (at <= now.getTime()) wrong('followUpAt', 'has passed');
    else if (at > now.getTime() + LATEST_FOLLOW_UP_DAYS * DAY_MS) wrong('followUpAt', `is more than ${LATEST_FOLLOW_UP_DAYS} days ahead`);
  }
  return errors;
}
