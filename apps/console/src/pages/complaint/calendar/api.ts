import { queryOptions } from '@tanstack/react-query';
import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call of the pages of calendars. All of them throw Problem.

type Schemas = components['schemas'];
export type Calendar = Schemas['CalendarItem'];
export type CalendarYear = Schemas['CalendarYearView'];
export type Version = Schemas['CalendarVersionView'];
export type Preview = Schemas['CalendarPreview'];
export type Run = Schemas['CalendarRunView'];
export type MovedClock = Schemas['CalendarMovedClock'];
export type DaysRequest = Schemas['CalendarDaysRequest'];

export const CALENDARS = ['calendars'] as const;
const PER_PAGE = 50;
const RUNNING_MS = 2000;
const keyed = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

export const calendarsQuery = queryOptions({
  queryKey: [...CALENDARS, 'list'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/calendars', { signal })),
});

export const yearQuery = (country: string, year: number) =>
  queryOptions({
    queryKey: [...CALENDARS, 'year', country, year],
    queryFn: ({ signal }) => take(complaints.GET('/v1/calendars/{country}/{year}', { params: { path: { country, year } }, signal })),
    // As long as its job runs.
    refetchInterval: ({ state }) => (state.data?.versions.some(({ run }) => run && run.finishedAt === null) ? RUNNING_MS : false),
  });

export const previewQuery = ({ id, revision }: Pick<Version, 'id' | 'revision'>) =>
  queryOptions({
    queryKey: [...CALENDARS, 'preview', id, revision],
    queryFn: ({ signal }) => take(complaints.GET('/v1/calendar-versions/{id}/preview', { params: { path: { id } }, signal })),
    staleTime: 0,
  });

export const listMoves = (id: string, cursor: string | undefined, signal: AbortSignal) =>
  take(
    complaints.GET('/v1/calendar-versions/{id}/moves', {
      params: { path: { id }, query: { limit: PER_PAGE, ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );

export const draftCalendar = (body: Schemas['CalendarDraftRequest'], key: string) =>
  take(complaints.POST('/v1/calendar-versions', { body, params: { header: { 'Idempotency-Key': key } } }));
export const changeCalendar = (id: string, body: DaysRequest, key: string) =>
  take(complaints.PUT('/v1/calendar-versions/{id}', { body, params: keyed(id, key) }));
export const proposeCalendar = (id: string, key: string) =>
  take(complaints.POST('/v1/calendar-versions/{id}/proposal', { params: keyed(id, key) }));
export const approveCalendar = ({ id, revision }: Version, key: string) =>
  take(complaints.POST('/v1/calendar-versions/{id}/approval', { body: { revision }, params: keyed(id, key) }));
export const returnCalendar = (id: string, reason: string, key: string) =>
  take(complaints.POST('/v1/calendar-versions/{id}/return', { body: { reason }, params: keyed(id, key) }));
export const cancelCalendar = (id: string, key: string) =>
  take(complaints.POST('/v1/calendar-versions/{id}/cancellation', { params: keyed(id, key) }));
