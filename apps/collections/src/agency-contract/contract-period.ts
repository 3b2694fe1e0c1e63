/** Local dates, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

export const overlaps = (one: Period, other: Period): boolean => one.from <= other.to && other.from <= one.to;

/** Those that follow each other day by day are one. */
function joined(periods: readonly Period[]): Period[] {
  const whole: Period[] = [];
  for (const period of periods.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = whole.at(-1);
    if (last && period.from <= dayAfter(last.to))
      whole[whole.length - 1] = { from: last.from, to: period.to > last.to ? period.to : last.to };
    else whole.push(period);
  }
  return whole;
}

/**
 * The one period that the gate knows of an agency's contracts: the one in force, renewed without a gap or not; else the next; else the
 * last. Null: there is none.
 */
export function periodOn(day: string, contracts: readonly Period[]): Period | null {
  const whole = joined(contracts);
  return whole.find(({ from, to }) => from <= day && day <= to) ?? whole.find(({ from }) => from > day) ?? whole.at(-1) ?? null;
}
