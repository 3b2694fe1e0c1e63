import type { CalendarYear } from '#clock-rules';
import type { FieldError } from '#problem';

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const same = (one: readonly string[], other: readonly string[]): boolean => one.toSorted().join() === other.toSorted().join();

function ofList(name: 'daysOff' | 'makeUpDays', { year, ...lists }: CalendarYear): FieldError[] {
  return lists[name].flatMap((date, index) => {
    const pointer = `/${name}/${index}`;
    if (!date.startsWith(`${year}-`)) return [{ pointer, detail: `lies outside ${year}; name days of that year alone` }];
    if (lists[name].indexOf(date) !== index) return [{ pointer, detail: 'is there twice; leave one out' }];
    if (name === 'makeUpDays' && !isWeekend(date)) return [{ pointer, detail: 'is a weekday, which is worked anyway; leave it out' }];
    return [];
  });
}

/** What is wrong with a year that somebody proposes over the one that holds. */
export function faultsOf(proposed: CalendarYear, holding: CalendarYear | null): FieldError[] {
  const both = proposed.makeUpDays.flatMap((date, index) =>
    proposed.daysOff.includes(date) ? [{ pointer: `/makeUpDays/${index}`, detail: 'is a day off as well; it is one or the other' }] : [],
  );
  const faults = [...ofList('daysOff', proposed), ...ofList('makeUpDays', proposed), ...both];
  if (faults.length > 0) return faults;
  if (proposed.daysOff.length === 0) return [{ pointer: '/daysOff', detail: 'is empty; a year has days off' }];
  if (holding && same(proposed.daysOff, holding.daysOff) && same(proposed.makeUpDays, holding.makeUpDays))
    return [{ pointer: '/daysOff', detail: 'says what the version says that holds; change a day' }];
  return [];
}
