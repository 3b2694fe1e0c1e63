import { isLapsed, isOfSameDebtor, type Asked } from '../kind.ts';
import { RESULT_CLASSES } from '../results.ts';
import type { ContactPointFact, PastContact, Result } from '../types.ts';
import type { Zone } from '../zone.ts';

const isIn = (results: readonly Result[], result: Result | null): boolean => result !== null && results.includes(result);
const DEAD: readonly string[] = ['invalid-number', 'not-in-service'] satisfies Result[];
const DEAD_STATUSES: readonly string[] = ['invalid', 'not-in-service'];

/** A contact whose role is not said is one with the debtor, as in every count. */
const isWithDebtor = (past: PastContact, asked: Asked): boolean =>
  (past.partyRole === 'debtor' || past.partyRole === null) && isOfSameDebtor(past, asked);

/** The instant of the last contact with the debtor that connected, or may still: it ends the state of being lost. */
function lastConnected(history: readonly PastContact[], asked: Asked, at: number): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const past of history) {
    if (past.at > at || past.at <= last || !isWithDebtor(past, asked)) continue;
    const mayConnect = past.result === null && !isLapsed(past, at);
    if (mayConnect || isIn(RESULT_CLASSES.connected, past.result)) last = past.at;
  }
  return last;
}

const isNumber = ({ channel, value }: ContactPointFact): boolean =>
  channel === null ? !value.includes('@') : channel === 'voice' || channel === 'sms';

/** The numbers of the debtor. Who has a point without a role is told by the history, else by its not being the asked party's. */
function numbersOfDebtor(points: readonly ContactPointFact[], history: readonly PastContact[], asked: Asked): ContactPointFact[] {
  const debtors = new Set<string>();
  for (const { partyRole, partyId } of history.filter((past) => isOfSameDebtor(past, asked))) {
    if (partyRole === 'debtor' && partyId !== null) debtors.add(partyId);
  }
  const { partyId: askedParty, contactPoint } = asked.proposed;
  return points.filter((point) => {
    if (!isNumber(point)) return false;
    if (point.partyRole !== null) return point.partyRole === 'debtor';
    if (debtors.size > 0 && point.partyId !== null) return debtors.has(point.partyId);
    return point.value !== contactPoint && (point.partyId === null || point.partyId !== askedParty);
  });
}

/** Whether the number is dead: our last voice result since then says so; or its status, where nothing has connected. */
function isDead(point: ContactPointFact, history: readonly PastContact[], since: number, at: number): boolean {
  let last = since;
  let dead = false;
  for (const { at: when, channel, initiator, contactPoint, result } of history) {
    if (channel !== 'voice' || initiator !== 'us' || contactPoint !== point.value) continue;
    if (result === null || result === 'cancelled' || when > at || when <= since || when < last) continue;
    // Of several at one instant all must say so, in whatever order they are told.
    dead = DEAD.includes(result) && (when > last || dead);
    last = when;
  }
  return dead || (since === Number.NEGATIVE_INFINITY && point.status !== null && DEAD_STATUSES.includes(point.status));
}

const ROW_LENGTH = 3;

/** Three attempts in a row, and the local day of the third is over; or attempts on three local days in a row. */
function isUnanswered(attempts: readonly number[], zone: Zone, at: number): boolean {
  const third = attempts[ROW_LENGTH - 1];
  if (third === undefined) return false;
  if (zone.dayNumber(third) < zone.dayNumber(at)) return true;
  let days = 0;
  let previous = Number.NaN;
  for (const attempt of attempts) {
    const day = zone.dayNumber(attempt);
    if (day === previous) continue;
    days = day === previous + 1 ? days + 1 : 1;
    previous = day;
    if (days === ROW_LENGTH) return true;
  }
  return false;
}

/**
 * Whether the debtor is lost (失联), CBA26 ch. 3: every known number is invalid or not in service; or three voice attempts in a row
 * went unanswered and the local day of the third is over; or on three local days in a row they did. A connected contact ends it.
 * Null: not to be told without the numbers.
 */
export function isLost(asked: Asked, history: readonly PastContact[], at: number): boolean | null {
  const since = lastConnected(history, asked, at);
  const attempts: number[] = [];
  for (const past of history) {
    if (past.at <= since || past.at > at || past.channel !== 'voice' || past.initiator !== 'us') continue;
    if (isIn(RESULT_CLASSES.unanswered, past.result) && isWithDebtor(past, asked)) attempts.push(past.at);
  }
  if (
    isUnanswered(
      attempts.toSorted((a, b) => a - b),
      asked.zone,
      at,
    )
  )
    return true;
  const { contactPoints } = asked.facts;
  if (contactPoints === null) return null;
  const numbers = numbersOfDebtor(contactPoints, history, asked);
  return numbers.length > 0 && numbers.every((point) => isDead(point, history, since, at));
}

/** When the answer can turn: contacts that are still to come, permits that lapse, and the local days that begin after each of them. */
export function lostBoundaries({ facts, zone }: Asked, at: number): number[] {
  const changes = (facts.history ?? [])
    .flatMap(({ at: when, result, lapsesAt }) => (result === null && lapsesAt !== null ? [when, lapsesAt] : [when]))
    .filter((instant) => instant > at);
  return [at, ...changes].flatMap((instant) => [instant, zone.addDays(instant, 1)]).filter((instant) => instant > at);
}
