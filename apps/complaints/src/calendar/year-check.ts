import type { CalendarYear } from '#clock-rules';
import type { FieldError } from '#problem';
import { isLocalDate } from '#wire';
import { changedDays, isWeekend } from './days.ts';

function ofList(name: 'daysOff' | 'makeUpDays', { year, ...lists }: CalendarYear): FieldError[] {
  return lists[name].flatMap((date, index) => {
    const pointer = `/${name}/${index}`;
    if (!isLocalDate(date)) return [{ pointer, detail: 'must be a date of the calendar, such as 2026-11-21' }];
    if (!date.startsWith(`${year}-`)) return [{ pointer, detail: `lies outside ${year}; name days of that year alone` }];
    if (lists[name].indexOf(date) !== index) return [{ pointer, detail: 'is there twice; leave one out' }];
    if (name === 'makeUpDays' && !isWeekend(date)) return [{ pointer, detail: 'is a weekday, which is worked anyway; leave it out' }];
    return [];
  });
}

/** What is wrong with a year that somebody drafts over the one that holds; null: none does. */
export function faultsOf(drafted: CalendarYear, holding: CalendarYear | null): FieldError[] {
  const both = drafted.makeUpDays.flatMap((date, index) =>
    drafted.daysOff.includes(date) ? [{ pointer: `/makeUpDays/${index}`, detail: 'is a day off as well; it is one or the other' }] : [],
  );
  const faults = [...ofList('daysOff', drafted), ...ofList('makeUpDays', drafted), ...both];
  if (faults.length > 0) return faults;
  if (drafted.daysOff.length === 0) return [{ pointer: '/daysOff', detail: 'is empty; a year has days off' }];
  if (changedDays(drafted.year, holding, drafted).length === 0)
    return [{ pointer: '/daysOff', detail: 'leaves every day as it is; change one' }];
  return [];
}
