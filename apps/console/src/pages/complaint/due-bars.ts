import { addDays, daysBetween } from './dates.ts';

export interface DueBar {
  readonly dueOn: string;
  readonly count: number;
  readonly isOver: boolean;
}

const BEFORE_DAYS = 7;
const AHEAD_DAYS = 21;

/** A bar for every day from the first that has one, or today, to three weeks ahead: days without complaints are days too. */
export function barsOf(days: readonly { readonly dueOn: string; readonly count: number }[], today: string): DueBar[] {
  const counts = new Map(days.map((day) => [day.dueOn, day.count]));
  const first = days.map((day) => daysBetween(today, day.dueOn)).reduce((least, away) => Math.min(least, away), 0);
  const bars: DueBar[] = [];
  for (let away = Math.max(first, -BEFORE_DAYS); away <= AHEAD_DAYS; away += 1) {
    const dueOn = addDays(today, away);
    bars.push({ dueOn, count: counts.get(dueOn) ?? 0, isOver: away < 0 });
  }
  return bars;
}
