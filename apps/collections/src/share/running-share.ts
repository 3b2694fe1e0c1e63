import type { SharePointView } from './share.dto.ts';

/** What changed on a local day, by who has the cases; null: the institution itself. Amounts in hundredths. */
export interface Change {
  readonly day: string;
  readonly agencyId: string | null;
  readonly currency: string;
  readonly cases: number;
  readonly amount: number;
}

interface Held {
  readonly agencyId: string | null;
  readonly currency: string;
  cases: number;
  amount: number;
}

const perCent = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part * 10_000) / whole) / 100);
const text = (cents: number): string => (cents / 100).toFixed(2);

/** The share at the end of each day, from changes in order of time; the days are in order as well. */
export function shareAt(days: readonly string[], changes: readonly Change[]): SharePointView[] {
  const held = new Map<string, Held>();
  let next = 0;
  return days.map((day) => {
    for (let change = changes[next]; change && change.day <= day; change = changes[++next]) add(held, change);
    return pointOf(day, [...held.values()]);
  });
}

function add(held: Map<string, Held>, { agencyId, currency, cases, amount }: Change): void {
  const key = JSON.stringify([agencyId, currency]);
  const one = held.get(key) ?? { agencyId, currency, cases: 0, amount: 0 };
  one.cases += cases;
  one.amount += amount;
  held.set(key, one);
}

const sum = (some: readonly Held[], of: 'cases' | 'amount'): number => some.reduce((all, one) => all + one[of], 0);

function pointOf(on: string, held: readonly Held[]): SharePointView {
  const outside = held.filter(({ agencyId }) => agencyId !== null);
  const currencies = [...new Set(held.map(({ currency }) => currency))].toSorted();
  const amounts = currencies.flatMap((currency) => {
    const of = (some: readonly Held[]): Held[] => some.filter((one) => one.currency === currency);
    const [open, out] = [sum(of(held), 'amount'), sum(of(outside), 'amount')];
    return open === 0 && sum(of(held), 'cases') === 0
      ? []
      : [{ currency, open: text(open), outside: text(out), share: perCent(out, open) }];
  });
  const agencies = outside.flatMap(({ agencyId, currency, cases, amount }) =>
    agencyId === null || cases === 0 ? [] : [{ agencyId, currency, cases, amount: text(amount) }],
  );
  const [open, out] = [sum(held, 'cases'), sum(outside, 'cases')];
  const inOrder = agencies.toSorted((one, other) => other.cases - one.cases || (one.agencyId < other.agencyId ? -1 : 1));
  return { on, open, outside: out, share: perCent(out, open), amounts, agencies: inOrder };
}

const DAY_MS = 86_400_000;

/** The days of a time, both included; with months, the last of each and the last of all. */
export function daysBetween(from: string, to: string, step: 'day' | 'month'): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const isLastOfMonth = new Date(at + DAY_MS).getUTCDate() === 1;
    if (step === 'day' || isLastOfMonth || day === to) days.push(day);
  }
  return days;
}
