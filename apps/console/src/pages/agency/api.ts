import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { AgencyItem, AgencyView, StandingRequest } from '../../api/models.ts';

const PAGE_SIZE = 50;

export const AGENCIES = ['agencies'] as const;
export type Status = AgencyItem['status'];
export const STATUSES: readonly Status[] = ['candidate', 'approved', 'active', 'suspended', 'exited'];

export interface AgencyFilter {
  readonly status?: Status;
  readonly published?: boolean;
}

export const listAgencies = (filter: AgencyFilter, cursor: string | undefined, signal: AbortSignal) =>
  take(
    collections.GET('/v1/agencies', {
      params: { query: { ...filter, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );

export const agencyQuery = (agencyId: string) =>
  queryOptions({
    queryKey: [...AGENCIES, agencyId],
    queryFn: ({ signal }) => take(collections.GET('/v1/agencies/{agencyId}', { params: { path: { agencyId } }, signal })),
  });

/** As of now, however often it is looked at. */
export const consequencesQuery = (agencyId: string) =>
  queryOptions({
    queryKey: [...AGENCIES, agencyId, 'consequences'],
    queryFn: ({ signal }) =>
      take(collections.GET('/v1/agencies/{agencyId}/standing-consequences', { params: { path: { agencyId } }, signal })),
    staleTime: 0,
  });

export const setStanding = (agencyId: string, body: StandingRequest, key: string): Promise<AgencyView> =>
  take(
    collections.POST('/v1/agencies/{agencyId}/standing', {
      body,
      params: { path: { agencyId }, header: { 'Idempotency-Key': key } },
    }),
  );
