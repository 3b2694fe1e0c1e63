import { queryOptions } from '@tanstack/react-query';
import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call of the pages of supervision. All of them throw Problem.

type Schemas = components['schemas'];
export type Approval = Schemas['ApprovalItem'];
export type Bulk = Schemas['BulkView'];
export type BulkItem = Schemas['BulkItemView'];
export type Export = Schemas['ExportView'];
export type Forecast = Schemas['ForecastItem'];
export type Hit = Schemas['SearchHit'];
export type WorkloadRow = Schemas['WorkloadRow'];
export type SavedFilter = Schemas['SavedFilterItem'];

/** A complaint that is ticked in a list. */
export interface Chosen {
  readonly id: string;
  readonly number: string;
}

export const SCOPES = ['mine', 'all'] as const;
export const APPROVAL_STATES = ['awaiting-me', 'open', 'asked-by-me', 'settled'] as const;
export const BULK_ACTIONS = ['assign', 'reassign', 'add-tag', 'declare-complex', 'take-suggested'] as const;
export const FORMATS = ['csv', 'xlsx'] as const;
export const SUPERVISION = ['complaints', 'supervision'] as const;

const REFRESH_MS = 30_000;
const paged = (cursor: string | undefined) => ({ limit: 50, ...(cursor !== undefined && { cursor }) });
const keyed = (key: string) => ({ header: { 'Idempotency-Key': key } });

export const inboxQuery = (scope: (typeof SCOPES)[number] | undefined) =>
  queryOptions({
    queryKey: [...SUPERVISION, 'inbox', scope],
    queryFn: ({ signal }) => take(complaints.GET('/v1/inbox', { params: { query: scope ? { scope } : {} }, signal })),
    refetchInterval: REFRESH_MS,
  });

export const workloadQuery = (by: 'handler' | 'unit') =>
  queryOptions({
    queryKey: [...SUPERVISION, 'workload', by],
    queryFn: ({ signal }) => take(complaints.GET('/v1/workload', { params: { query: { by } }, signal })),
  });

export const ageingQuery = queryOptions({
  queryKey: [...SUPERVISION, 'ageing'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/ageing', { params: { query: {} }, signal })),
});

export const calibrationQuery = queryOptions({
  queryKey: [...SUPERVISION, 'calibration'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/forecast-calibration', { signal })),
});

export const listForecasts = (cursor: string | undefined, signal: AbortSignal) =>
  take(
    complaints.GET('/v1/forecasts', { params: { query: { limit: 20, bucket: 'high', ...(cursor !== undefined && { cursor }) } }, signal }),
  );

export const listApprovals = (state: (typeof APPROVAL_STATES)[number], cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/approvals', { params: { query: { state, ...paged(cursor) } }, signal }));

export const search = (q: string, state: 'open' | 'closed' | undefined, cursor: string | undefined, signal: AbortSignal) =>
  take(
    complaints.POST('/v1/complaint-searches', { body: { q, ...(state && { state }), ...(cursor !== undefined && { cursor }) }, signal }),
  );

export const listBulks = (cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/bulks', { params: { query: paged(cursor) }, signal }));

export const bulkQuery = (id: string) =>
  queryOptions({
    queryKey: [...SUPERVISION, 'bulk', id],
    queryFn: ({ signal }) => take(complaints.GET('/v1/bulks/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (['queued', 'running'].includes(state.data?.state ?? '') ? 1000 : REFRESH_MS),
  });

export const listBulkItems = (id: string, cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/bulks/{id}/items', { params: { path: { id }, query: paged(cursor) }, signal }));

export const proposeBulk = (body: object, key: string) =>
  take(complaints.POST('/v1/bulks', { body: body as Schemas['BulkRequest'], params: keyed(key) }));
export const approveBulk = ({ id, hash }: Bulk) =>
  take(complaints.POST('/v1/bulks/{id}/approval', { body: { hash }, params: { path: { id } } }));
export const refuseBulk = (id: string, reason: string) =>
  take(complaints.POST('/v1/bulks/{id}/rejection', { body: { reason }, params: { path: { id } } }));
export const cancelBulk = (id: string) => take(complaints.POST('/v1/bulks/{id}/cancellation', { params: { path: { id } } }));

export const listExports = (cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/complaint-exports', { params: { query: paged(cursor) }, signal }));
export const askExport = (format: (typeof FORMATS)[number], filter: object, key: string) =>
  take(complaints.POST('/v1/complaint-exports', { body: { format, filter }, params: keyed(key) }));
