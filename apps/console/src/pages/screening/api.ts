import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import { lookAgain } from '../../api/job.ts';
import type { AnswerReason, ScreeningRequest, ScreeningView } from '../../api/models.ts';
import { readStream, type StreamAsked, type StreamPage } from '../../api/ndjson.ts';

const PAGE_SIZE = 20;
const REFRESH_MS = 5000;

export const SCREENINGS = ['screenings'] as const;
export const LIST_OPTIONS = { refetchInterval: REFRESH_MS } as const;

export const listScreenings = (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/screenings', { params: { query: { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) } }, signal }));

export const screeningQuery = (id: string) =>
  queryOptions({
    queryKey: [...SCREENINGS, id],
    queryFn: ({ signal }) => take(collections.GET('/v1/screenings/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => lookAgain(state.data?.state === 'cancelled' ? 'failed' : state.data?.state, state.dataUpdateCount),
  });

export const createScreening = (body: ScreeningRequest, key: string): Promise<ScreeningView> =>
  take(collections.POST('/v1/screenings', { body, params: { header: { 'Idempotency-Key': key } } }));

export const cancelScreening = (id: string): Promise<ScreeningView> =>
  take(collections.POST('/v1/screenings/{id}/cancellation', { params: { path: { id } } }));

export type ScreeningVerdict = 'permitted' | 'refused' | 'not-judged';
export const VERDICTS: readonly ScreeningVerdict[] = ['permitted', 'refused', 'not-judged'];

/** A line of the results. */
export interface Screened {
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly verdict: ScreeningVerdict;
  readonly missing: 'caseId' | 'partyId' | 'contactPointId' | null;
  readonly partyId: string | null;
  readonly contactPointId: string | null;
  readonly reasons: readonly AnswerReason[];
  readonly nextPermittedAt: string | null;
  readonly mustEndBy: string | null;
}

export function resultsAddress(id: string, format: 'csv' | 'ndjson', verdict: ScreeningVerdict | null): string {
  return `/api/collections/v1/screenings/${id}/results.${format}${verdict === null ? '' : `?verdict=${verdict}`}`;
}

export interface ResultsAsked extends Pick<StreamAsked<Screened>, 'language' | 'skip' | 'size' | 'signal'> {
  readonly id: string;
  readonly verdict: ScreeningVerdict | null;
}

/** A page of cases out of the file of all of them. Throws Problem. */
export const readResults = ({ id, verdict, ...asked }: ResultsAsked): Promise<StreamPage<Screened>> =>
  readStream<Screened>({ ...asked, address: resultsAddress(id, 'ndjson', verdict), wanted: () => true });
