import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { collections, newKey, take } from '../../api/client.ts';
import { lookAgain } from '../../api/job.ts';
import { toProblem } from '../../api/problem.ts';
import type { components } from '../../api/collections.d.ts';
import type { Language } from '../../i18n/language.ts';
import type {
  Adjustments,
  Diff,
  Draft,
  DraftRequest,
  DraftState,
  InForce,
  Layer,
  OwnRow,
  Page,
  PolicyVersion,
  SimulationItem,
} from './wire.ts';

const PAGE_SIZE = 30;
const FOR_GOOD = { staleTime: Infinity } as const;

/** Everything that a change of a draft or of what is in force may touch. */
export const POLICY = ['policy'] as const;

/** The document leaves the institution's layer free; the service wrote only what fits the schema of a pack. */
const withLayer = <Found extends { readonly adjust: object; readonly rules: readonly object[] }>({
  adjust,
  rules,
  ...found
}: Found): Omit<Found, keyof Layer> & Layer => ({ ...found, adjust: adjust as Adjustments, rules: rules as readonly OwnRow[] });

const JSON_PLEASE = { accept: 'application/json' } as const;

/** Packs come as pages too; who asks for data gets them. */
async function inJson<Found extends object>(answer: Promise<Found | string>): Promise<Found> {
  const found = await answer;
  if (typeof found === 'string') throw toProblem(200, '', new Headers());
  return found;
}

// Rules are told in the reader's language: it is part of every key.

export const inForceQuery = (product: string | null, at: string | null, language: Language) =>
  queryOptions({
    queryKey: [...POLICY, 'in-force', product, at, language],
    queryFn: async ({ signal }): Promise<InForce> => {
      const query = { ...(product !== null && { product }), ...(at !== null && { at }) };
      return withLayer(await take(collections.GET('/v1/policy-in-force', { params: { query }, signal })));
    },
  });

export const packsQuery = (language: Language) =>
  queryOptions({
    queryKey: ['packs', language],
    queryFn: ({ signal }) => inJson(take(collections.GET('/v1/policies', { headers: JSON_PLEASE, signal }))),
    ...FOR_GOOD,
  });

export const packQuery = (pack: string, version: number, language: Language) =>
  queryOptions({
    queryKey: ['packs', pack, version, language],
    queryFn: ({ signal }) =>
      inJson(
        take(collections.GET('/v1/policies/{pack}', { params: { path: { pack }, query: { version } }, headers: JSON_PLEASE, signal })),
      ),
    ...FOR_GOOD,
  });

export const VERSIONS = [...POLICY, 'versions'] as const;

export const listVersions = (cursor: string | undefined, signal: AbortSignal): Promise<Page<PolicyVersion>> =>
  take(
    collections.GET('/v1/policy-versions', { params: { query: { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) } }, signal }),
  );

/** The same pages as `usePages(VERSIONS, listVersions)` keeps. */
export const versionsQuery = () =>
  infiniteQueryOptions({
    queryKey: VERSIONS,
    queryFn: ({ pageParam, signal }) => listVersions(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

export const recallVersion = (number: number, reason: string, key: string) =>
  take(
    collections.POST('/v1/policy-versions/{number}/recall', {
      params: { path: { number }, header: { 'Idempotency-Key': key } },
      body: { reason },
    }),
  );

export const listDrafts = async (state: DraftState | null, cursor: string | undefined, signal: AbortSignal): Promise<Page<Draft>> => {
  const query = { limit: PAGE_SIZE, ...(state !== null && { state }), ...(cursor !== undefined && { cursor }) };
  const page = await take(collections.GET('/v1/policy-drafts', { params: { query }, signal }));
  return { ...page, items: page.items.map(withLayer) };
};

export const draftQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: [...POLICY, 'draft', id, language],
    queryFn: async ({ signal }): Promise<Draft> =>
      withLayer(await take(collections.GET('/v1/policy-drafts/{id}', { params: { path: { id } }, signal }))),
  });

export const diffQuery = (id: string, revision: number, language: Language) =>
  queryOptions({
    queryKey: [...POLICY, 'diff', id, revision, language],
    queryFn: ({ signal }): Promise<Diff> => take(collections.GET('/v1/policy-drafts/{id}/diff', { params: { path: { id } }, signal })),
  });

const bodyOf = ({ packs, adjust, rules, ...rest }: DraftRequest): components['schemas']['PolicyDraftRequest'] => ({
  ...rest,
  packs: [...packs],
  adjust: { ...adjust },
  rules: rules.map((row) => ({ ...row })),
});

export const createDraft = async (draft: DraftRequest, key: string): Promise<Draft> =>
  withLayer(await take(collections.POST('/v1/policy-drafts', { body: bodyOf(draft), params: { header: { 'Idempotency-Key': key } } })));

export const changeDraft = async (id: string, draft: DraftRequest, revision: number): Promise<Draft> =>
  withLayer(await take(collections.PUT('/v1/policy-drafts/{id}', { body: { ...bodyOf(draft), revision }, params: { path: { id } } })));

export type DraftStep =
  | { readonly step: 'submission' | 'withdrawal' }
  | { readonly step: 'approval'; readonly effectiveFrom?: string }
  | { readonly step: 'rejection'; readonly reason: string };

export const takeStep = async (id: string, wanted: DraftStep): Promise<Draft> => {
  const params = { path: { id }, header: { 'Idempotency-Key': newKey() } };
  switch (wanted.step) {
    case 'submission':
      return withLayer(await take(collections.POST('/v1/policy-drafts/{id}/submission', { params })));
    case 'withdrawal':
      return withLayer(await take(collections.POST('/v1/policy-drafts/{id}/withdrawal', { params })));
    case 'approval': {
      const body = { effectiveFrom: wanted.effectiveFrom ?? null };
      return withLayer(await take(collections.POST('/v1/policy-drafts/{id}/approval', { params, body })));
    }
    case 'rejection':
      return withLayer(await take(collections.POST('/v1/policy-drafts/{id}/rejection', { params, body: { reason: wanted.reason } })));
  }
};

const SIMULATIONS_SHOWN = 20;

export const simulationsQuery = (draftId: string) =>
  queryOptions({
    queryKey: [...POLICY, 'simulations', draftId],
    queryFn: ({ signal }) =>
      take(
        collections.GET('/v1/policy-drafts/{id}/simulations', {
          params: { path: { id: draftId }, query: { limit: SIMULATIONS_SHOWN } },
          signal,
        }),
      ),
  });

export const simulationQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: ['simulation', id, language],
    queryFn: ({ signal }) => take(collections.GET('/v1/policy-simulations/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => lookAgain(state.data?.state === 'cancelled' ? 'failed' : state.data?.state, state.dataUpdateCount),
  });

export const startSimulation = (draftId: string, days: number, key: string): Promise<SimulationItem> =>
  take(
    collections.POST('/v1/policy-drafts/{id}/simulations', {
      body: { days },
      params: { path: { id: draftId }, header: { 'Idempotency-Key': key } },
    }),
  );

/** The page of a pack for people, to read and to print. */
export const packAddress = (pack: string, audience: 'staff' | 'debtor', language: Language, version?: number): string => {
  const query = new URLSearchParams({ audience, lang: language, ...(version !== undefined && { version: String(version) }) });
  return `/api/collections/v1/policies/${encodeURIComponent(pack)}?${query.toString()}`;
};

export const SCHEMA_ADDRESS = '/api/collections/v1/policies/schema';
