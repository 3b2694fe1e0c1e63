import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { collections, take } from '../api/client.ts';
import { useMay } from '../session/session.ts';

const MOST = 200;

/** The agencies on record, for choosing from and for calling them by name. */
export const agencyChoice = {
  queryKey: ['agencies', 'choice'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    take(collections.GET('/v1/agencies', { params: { query: { limit: MOST } }, signal })),
};

/** How an agency is called that the services know by its id; the id where the reader may not list agencies. */
export function useAgencyName(): (agencyId: string) => string {
  const mayList = useMay('collections.listAgencies');
  const { data } = useQuery({ ...agencyChoice, enabled: mayList });
  return useCallback((agencyId) => data?.items.find((one) => one.agencyId === agencyId)?.name ?? agencyId, [data]);
}
