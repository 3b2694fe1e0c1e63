import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import { lookAgain } from '../../api/job.ts';

type Schemas = components['schemas'];
export type AllocationView = Schemas['AllocationView'];
export type AllocationRuleView = Schemas['AllocationRuleView'];
export type AllocationRuleRequest = Schemas['AllocationRuleRequest'];
export type ObjectionView = Schemas['ObjectionView'];
export type PlacedView = Schemas['PlacedView'];
export type DebtorChangeView = Schemas['DebtorChangeView'];
export type ProposalView = Schemas['ProposalView'];
export type PartyChangeView = Schemas['PartyChangeView'];

export const CHANNELS = ['voice', 'sms', 'im', 'email', 'letter', 'visit'] as const;
export type Channel = (typeof CHANNELS)[number];

interface Figures {
  readonly cases: number;
  readonly amount: string;
}

interface ShareFigures {
  readonly open: number;
  readonly outside: number;
  readonly openAmount: string;
  readonly outsideAmount: string;
}

/** What came of a simulation; the contract leaves its shape open. */
export interface AllocationSummary extends Figures {
  readonly currency: string;
  readonly matched: number;
  readonly assigned: number;
  readonly agencies: readonly (Figures & { readonly agencyId: string; readonly room: number | null; readonly blocks: readonly string[] })[];
  readonly stays: readonly (Figures & { readonly why: StayReason })[];
  readonly before: ShareFigures;
  readonly after: ShareFigures;
}

export interface RunSummary {
  readonly entrusted: number;
  readonly waiting: number;
  readonly skipped: number;
  readonly reasons: readonly { readonly reason: string; readonly cases: number }[];
}

export const STAYS = ['held', 'already-entrusted', 'waiting', 'no-capacity', 'share-limit', 'out-of-scope'] as const;
export type StayReason = (typeof STAYS)[number];

export const header = (key: string) => ({ 'Idempotency-Key': key });

const isUnderWay = ({ state, run }: AllocationView): boolean =>
  ['queued', 'running'].includes(state) || ['queued', 'running'].includes(run?.state ?? '');

export const allocationQuery = (id: string) =>
  queryOptions({
    queryKey: ['allocations', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/allocations/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? lookAgain('running', state.dataUpdateCount) : false),
  });

export const entrustmentQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'entrustment'],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}/entrustment', { params: { path: { id: caseId } }, signal })),
  });

export const objectionsOf = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'objections'],
    queryFn: ({ signal }) => take(collections.GET('/v1/objections', { params: { query: { caseId, limit: 20 } }, signal })),
  });

export const partyProposalsOf = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'party-proposals'],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}/party-proposals', { params: { path: { id: caseId } }, signal })),
  });
