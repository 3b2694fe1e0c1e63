import { queryOptions, useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { collections, newKey, take } from '../../api/client.ts';
import type { components, paths } from '../../api/collections.d.ts';

type Schemas = components['schemas'];
export type InspectionItem = Schemas['InspectionItem'];
export type InspectionView = Schemas['InspectionView'];
export type FindingView = Schemas['FindingView'];
export type EvaluationView = Schemas['EvaluationView'];
export type ScoreView = Schemas['ScoreView'];
export type ScorecardView = Schemas['ScorecardView'];
export type ScorecardLine = Schemas['ScorecardLine'];
export type SanctionView = Schemas['SanctionView'];
export type WeightsView = Omit<Schemas['WeightsView'], 'components'> & {
  readonly components: readonly (Omit<Schemas['ComponentWeightView'], 'component'> & { readonly component: ComponentId })[];
};
export type WeightsRequest = Schemas['WeightsRequest'];
export type ComponentId = keyof WeightsRequest['components'];
export type ChecklistView = Schemas['ChecklistView'];
export type ChecklistRequest = Schemas['ChecklistRequest'];
export type CoverageView = Schemas['CoverageView'];
export type Step = SanctionView['step'];

const SHOWN = 100;
export const OVERSIGHT = ['oversight'] as const;

export const coverageQuery = () =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'coverage'],
    queryFn: ({ signal }) => take(collections.GET('/v1/inspection-coverage', { signal })),
  });

export const rankingQuery = () =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'ranking'],
    queryFn: ({ signal }) => take(collections.GET('/v1/agency-scorecards', { signal })),
  });

export const inspectionsQuery = (filter: NonNullable<paths['/v1/inspections']['get']['parameters']['query']>) =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'inspections', filter],
    queryFn: ({ signal }) => take(collections.GET('/v1/inspections', { params: { query: { ...filter, limit: SHOWN } }, signal })),
  });

export const findingsQuery = (filter: NonNullable<paths['/v1/inspection-findings']['get']['parameters']['query']>) =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'findings', filter],
    queryFn: ({ signal }) => take(collections.GET('/v1/inspection-findings', { params: { query: { ...filter, limit: SHOWN } }, signal })),
  });

export const sanctionsQuery = (filter: NonNullable<paths['/v1/sanctions']['get']['parameters']['query']>) =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'sanctions', filter],
    queryFn: ({ signal }) => take(collections.GET('/v1/sanctions', { params: { query: { ...filter, limit: SHOWN } }, signal })),
  });

export const inspectionQuery = (id: string) =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'inspection', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/inspections/{id}', { params: { path: { id } }, signal })),
  });

export const scorecardQuery = (agencyId: string) =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'scorecard', agencyId],
    queryFn: ({ signal }) => take(collections.GET('/v1/agencies/{agencyId}/scorecard', { params: { path: { agencyId } }, signal })),
  });

export const evaluationsQuery = (agencyId: string) =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'evaluations', agencyId],
    queryFn: ({ signal }) => take(collections.GET('/v1/agencies/{agencyId}/evaluations', { params: { path: { agencyId } }, signal })),
  });

export const ladderQuery = (agencyId: string) =>
  queryOptions({
    queryKey: [...OVERSIGHT, 'ladder', agencyId],
    queryFn: ({ signal }) => take(collections.GET('/v1/agencies/{agencyId}/sanction-ladder', { params: { path: { agencyId } }, signal })),
  });

export const weightsQuery = queryOptions({
  queryKey: [...OVERSIGHT, 'weights'],
  // What the service names as text is one of the parts that the request lists.
  queryFn: async ({ signal }) => (await take(collections.GET('/v1/evaluation-weights', { signal }))) as WeightsView,
});

export const checklistsQuery = queryOptions({
  queryKey: [...OVERSIGHT, 'checklists'],
  queryFn: ({ signal }) => take(collections.GET('/v1/inspection-checklists', { signal })),
});

type Post = (key: string) => { readonly params: { readonly header: { readonly 'Idempotency-Key': string } } };
/** One intention, one key: a second try of it is the same. */
export const keyed = (key: string): ReturnType<Post>['params'] => ({ header: { 'Idempotency-Key': key } });

/** Something that changes what oversight shows, and the register with it. */
export function useChange<Input, Answer>(
  change: (input: Input, key: string) => Promise<Answer>,
  done?: (answer: Answer) => void,
): UseMutationResult<Answer, Error, Input> {
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (input: Input) => change(input, key),
    onSuccess: async (answer) => {
      setKey(newKey());
      await Promise.all([OVERSIGHT, ['agencies']].map((queryKey) => queries.invalidateQueries({ queryKey })));
      done?.(answer);
    },
  });
}
