import type { ClockSummary, DueBucket } from './wire.ts';

/** In the order in which a handler looks at them. */
export const BUCKETS: readonly DueBucket[] = ['overdue', 'today', 'within-3', 'within-7', 'later', 'paused', 'closed'];

export const isBucket = (value: string | null): value is DueBucket => BUCKETS.some((bucket) => bucket === value);

export type Urgency = 'over' | 'now' | 'soon' | 'calm' | 'still';

export const URGENCY: Readonly<Record<DueBucket, Urgency>> = {
  overdue: 'over',
  today: 'now',
  'within-3': 'soon',
  'within-7': 'calm',
  later: 'calm',
  paused: 'still',
  closed: 'still',
};

/** What is said of the days left: never a number alone, for a colour says nothing to who cannot see it. */
export type DaysLeft = { readonly key: 'closed' | 'paused' | 'today' } | { readonly key: 'left' | 'over'; readonly days: number };

export function daysLeftOf(clock: Pick<ClockSummary, 'state' | 'daysLeft'>, closed: boolean): DaysLeft {
  if (closed) return { key: 'closed' };
  if (clock.state === 'paused') return { key: 'paused' };
  if (clock.daysLeft < 0) return { key: 'over', days: -clock.daysLeft };
  if (clock.daysLeft === 0) return { key: 'today' };
  return { key: 'left', days: clock.daysLeft };
}

/** The filters that the board takes from and puts into its address. */
export const FILTERS = ['handler', 'category', 'channel', 'state', 'agencyId'] as const;
export type Filters = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>;

export function filtersOf(search: URLSearchParams): Filters {
  return Object.fromEntries(FILTERS.map((name) => [name, search.get(name)?.trim() ?? '']).filter(([, value]) => value !== '')) as Filters;
}

export function withFilters(search: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of FILTERS) {
    const value = filters[name]?.trim() ?? '';
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return next;
}
