import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import { lookAgain } from '../../api/job.ts';
import type { Language } from '../../i18n/language.ts';

export const lookbackQuery = (id: string, language: Language) =>
  queryOptions({
    // What is wrong with a row is said in the reader's language.
    queryKey: ['lookback', id, language],
    queryFn: ({ signal }) => take(collections.GET('/v1/lookbacks/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => lookAgain(state.data?.state, state.dataUpdateCount),
  });
