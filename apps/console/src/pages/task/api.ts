import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { components, operations } from '../../api/collections.d.ts';

type Schemas = components['schemas'];
export type Task = Schemas['TaskView'];
export type TaskWithHistory = Schemas['TaskWithHistory'];
export type TaskLimit = Schemas['TaskLimitView'];
export type Punctuality = Schemas['PunctualityView'];
export type PunctualityRow = Schemas['PunctualityRow'];
export type TaskFilter = NonNullable<operations['listTasks']['parameters']['query']>;
type PunctualityQuery = operations['findPunctuality']['parameters']['query'];

export const TASKS = ['tasks'] as const;
export const WHOSE = ['role', 'mine', 'all'] as const;
export const BUCKETS = ['overdue', 'day', 'week', 'later'] as const;
export const BY = ['person', 'role', 'kind', 'agency'] as const;

const PAGE_SIZE = 50;

export const listTasks = (filter: TaskFilter, cursor: string | undefined, signal: AbortSignal) =>
  take(
    collections.GET('/v1/tasks', { params: { query: { ...filter, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) } }, signal }),
  );

export const countsQuery = (filter: Pick<TaskFilter, 'whose' | 'kind' | 'caseId' | 'agencyId'>) =>
  queryOptions({
    queryKey: [...TASKS, 'counts', filter],
    queryFn: ({ signal }) => take(collections.GET('/v1/tasks/counts', { params: { query: filter }, signal })),
  });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: [...TASKS, id],
    queryFn: ({ signal }) => take(collections.GET('/v1/tasks/{id}', { params: { path: { id } }, signal })),
  });

const at = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

export const takeTask = (id: string, key: string): Promise<TaskWithHistory> =>
  take(collections.POST('/v1/tasks/{id}/take', { params: at(id, key) }));
export const handOverTask = (id: string, body: Schemas['HandOverRequest'], key: string): Promise<TaskWithHistory> =>
  take(collections.POST('/v1/tasks/{id}/handover', { body, params: at(id, key) }));
export const completeTask = (id: string, body: Schemas['CompletionRequest'], key: string): Promise<TaskWithHistory> =>
  take(collections.POST('/v1/tasks/{id}/completion', { body, params: at(id, key) }));
export const extendTask = (id: string, body: Schemas['ExtensionRequest'], key: string): Promise<TaskWithHistory> =>
  take(collections.POST('/v1/tasks/{id}/extension', { body, params: at(id, key) }));

export const limitsQuery = queryOptions({
  queryKey: ['task-limits'],
  queryFn: ({ signal }) => take(collections.GET('/v1/task-limits', { signal })),
});
export const setLimits = (body: Schemas['TaskLimitsRequest']) => take(collections.PUT('/v1/task-limits', { body }));

export const punctualityQuery = (query: PunctualityQuery) =>
  queryOptions({
    queryKey: ['punctuality', query],
    queryFn: ({ signal }) => take(collections.GET('/v1/punctuality', { params: { query }, signal })),
  });
