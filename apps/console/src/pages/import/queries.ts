import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import { lookAgain } from '../../api/job.ts';

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => lookAgain(state.data?.state, state.dataUpdateCount),
  });
