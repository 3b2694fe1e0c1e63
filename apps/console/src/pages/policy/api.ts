import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { clientOf, newKey, take } from '../../api/client.ts';
import { lookAgain } from '../../api/job.ts';
import type { Language } from '../../i18n/language.ts';
import type { Diff, Draft, DraftRequest, DraftState, InForce, PackPage, PackTitle, Page, PolicyVersion, Simulation } from './wire.ts';

// Until the services' documents have these paths.
// oxlint-disable-next-line typescript/no-explicit-any
const collections = clientOf<any>('collections');

const PAGE_SIZE = 30;
const FOR_GOOD = { staleTime: Infinity } as const;

/** Everything that a change of a draft or of what is in force may touch. */
export const POLICY = ['policy'] as const;

const get = <Body>(path: string, query: object, signal: AbortSignal): Promise<Body> =>
  take(collections.GET(path, { params: { query }, signal })) as Promise<Body>;
const send = <Body>(method: 'POST' | 'PUT', path: string, body: object | undefined, key?: string): Promise<Body> =>
  take(collections[method](path, { body, ...(key && { params: { header: { 'Idempotency-Key': key } } }) })) as Promise<Body>;

// Rules are told in the reader's language: it is part of every key.

export const inForceQuery = (product: string | null, at: string | null, language: Language) =>
  queryOptions({
    queryKey: [...POLICY, 'in-force', product, at, language],
    queryFn: ({ signal }) =>
      get<InForce>('/v1/policy-in-force', { ...(product !== null && { product }), ...(at !== null && { at }) }, signal),
  });

export const packsQuery = (language: Language) =>
  queryOptions({
    queryKey: ['packs', language],
    queryFn: ({ signal }) => get<{ items: PackTitle[] }>('/v1/policies', {}, signal),
    ...FOR_GOOD,
  });

export const packQuery = (pack: string, version: number, language: Language) =>
  queryOptions({
    queryKey: ['packs', pack, version, language],
    queryFn: ({ signal }) => get<PackPage>(`/v1/policies/${pack}`, { version }, signal),
    ...FOR_GOOD,
  });

export const VERSIONS = [...POLICY, 'versions'] as const;

export const listVersions = (cursor: string | undefined, signal: AbortSignal): Promise<Page<PolicyVersion>> =>
  get('/v1/policy-versions', { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) }, signal);

/** The same pages as `usePages(VERSIONS, listVersions)` keeps. */
export const versionsQuery = () =>
  infiniteQueryOptions({
    queryKey: VERSIONS,
    queryFn: ({ pageParam, signal }) => listVersions(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

export const listDrafts = (state: DraftState | null, cursor: string | undefined, signal: AbortSignal): Promise<Page<Draft>> =>
  get('/v1/policy-drafts', { limit: PAGE_SIZE, ...(state !== null && { state }), ...(cursor !== undefined && { cursor }) }, signal);

export const draftQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: [...POLICY, 'draft', id, language],
    queryFn: ({ signal }) => get<Draft>(`/v1/policy-drafts/${id}`, {}, signal),
  });

export const diffQuery = (id: string, revision: number, language: Language) =>
  queryOptions({
    queryKey: [...POLICY, 'diff', id, revision, language],
    queryFn: ({ signal }) => get<Diff>(`/v1/policy-drafts/${id}/diff`, {}, signal),
  });

export const createDraft = (draft: DraftRequest, key: string): Promise<Draft> => send('POST', '/v1/policy-drafts', draft, key);

export const changeDraft = (id: string, draft: DraftRequest & { readonly revision: number }): Promise<Draft> =>
  send('PUT', `/v1/policy-drafts/${id}`, draft);

export type DraftStep =
  | { readonly step: 'submission' | 'withdrawal' }
  | { readonly step: 'approval'; readonly effectiveFrom?: string }
  | { readonly step: 'rejection'; readonly reason: string };

export const takeStep = (id: string, { step, ...body }: DraftStep): Promise<Draft> => send('POST', `/v1/policy-drafts/${id}/${step}`, body);

export const simulationsQuery = (draftId: string) =>
  queryOptions({
    queryKey: [...POLICY, 'simulations', draftId],
    queryFn: ({ signal }) => get<{ items: Simulation[] }>(`/v1/policy-drafts/${draftId}/simulations`, {}, signal),
  });

export const simulationQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: ['simulation', id, language],
    queryFn: ({ signal }) => get<Simulation>(`/v1/policy-simulations/${id}`, {}, signal),
    refetchInterval: ({ state }) => lookAgain(state.data?.state, state.dataUpdateCount),
  });

export const startSimulation = (draftId: string, days: number): Promise<{ id: string }> =>
  send('POST', `/v1/policy-drafts/${draftId}/simulations`, { days }, newKey());

/** The page of a pack for people, to read and to print. */
export const packAddress = (pack: string, audience: 'staff' | 'debtor', language: Language, version?: number): string => {
  const query = new URLSearchParams({ audience, lang: language, ...(version !== undefined && { version: String(version) }) });
  return `/api/collections/v1/policies/${encodeURIComponent(pack)}?${query.toString()}`;
};

export const SCHEMA_ADDRESS = '/api/collections/v1/policies/schema';
