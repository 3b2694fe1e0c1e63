import type { ContactPointJson, PastContactJson } from '../index.ts';
import { addDays } from './local-time.ts';
import { holdsInForce, isThird } from './model-checks.ts';
import { fallsInto, isOfDebtor, isPending, localDate, RESULTS_OF, startOf, type Check, type Question } from './model-facts.ts';

const DEAD = ['invalid-number', 'not-in-service'];

function isNumberOfDebtor(point: ContactPointJson, asked: Question): boolean {
  const { value, partyRole, partyId, channel } = point;
  if (channel ? !['voice', 'sms'].includes(channel) : value.includes('@')) return false;
  if (partyRole) return partyRole === 'debtor';
  // Not said whose it is: the party that the history knows as the debtor, else anybody but the one that is asked.
  const debtors = (asked.facts.history ?? [])
    .filter((past) => past.partyRole === 'debtor' && isOfDebtor(past, asked))
    .flatMap((past) => past.partyId ?? []);
  if (debtors.length > 0 && partyId) return debtors.includes(partyId);
  return value !== asked.proposed.contactPoint && (!partyId || partyId !== asked.proposed.partyId);
}

/** What our last calls to the number since then came to says whether it is dead; where nothing ever connected its status says so too. */
function isDead({ value, status }: ContactPointJson, calls: readonly PastContactJson[], ended: number): boolean {
  const toIt = calls.filter((past) => past.contactPoint === value && past.result && past.result !== 'cancelled' && startOf(past) > ended);
  const last = Math.max(...toIt.map(startOf));
  const lastResults = toIt.filter((past) => startOf(past) === last).map(({ result }) => result ?? '');
  if (lastResults.length > 0 && lastResults.every((result) => DEAD.includes(result))) return true;
  return ended === Number.NEGATIVE_INFINITY && ['invalid', 'not-in-service'].includes(status ?? '');
}

/** Section 3, Lost. Null: cannot be told without the numbers. */
function isLost(asked: Question, history: readonly PastContactJson[], at: number): boolean | null {
  const before = history.filter((past) => startOf(past) <= at);
  const withDebtor = before.filter((past) => isOfDebtor(past, asked) && (!past.partyRole || past.partyRole === 'debtor'));
  // A permit that is still open may be a conversation at this moment.
  const ended = Math.max(Number.NEGATIVE_INFINITY, ...withDebtor.filter((past) => fallsInto(past, 'connected', at)).map(startOf));
  const isCall = ({ channel, initiator }: PastContactJson): boolean => channel === 'voice' && initiator !== 'them';
  const unanswered = withDebtor
    .filter((past) => isCall(past) && !isPending(past, at) && (RESULTS_OF['unanswered'] ?? []).includes(past.result ?? ''))
    .map(startOf)
    .filter((start) => start > ended)
    .toSorted((a, b) => a - b);
  const third = unanswered[2];
  if (third !== undefined && localDate(asked, at) > localDate(asked, third)) return true;
  const days = new Set(unanswered.map((start) => localDate(asked, start)));
  if ([...days].some((day) => days.has(addDays(day, 1)) && days.has(addDays(day, 2)))) return true;
  if (!asked.facts.contactPoints) return null;
  const numbers = asked.facts.contactPoints.filter((point) => isNumberOfDebtor(point, asked));
  return numbers.length > 0 && numbers.every((point) => isDead(point, before.filter(isCall), ended));
}

export const partyLost: Check = (asked, at) => {
  const { proposed, facts } = asked;
  if (!proposed.partyRole) return { missing: 'partyRole' };
  if (!isThird(asked)) return 'passes';
  if (!proposed.purpose) return { missing: 'purpose' };
  if (!['locate', 'relay'].includes(proposed.purpose)) return 'passes';
  if (proposed.partyRole === 'representative' && holdsInForce(asked, 'legal-rep', at).length > 0) return 'passes';
  if (!facts.history) return { missing: 'history' };
  const lost = isLost(asked, facts.history, at);
  return lost === null ? { missing: 'contactPoints' } : lost ? 'passes' : 'fails';
};
