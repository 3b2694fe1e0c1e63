import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';

type Schemas = components['schemas'];
export type Plan = Schemas['PlanView'];
export type PlanDetail = Schemas['PlanDetailView'];
export type PlanTerms = Schemas['PlanPreviewRequest'];
export type PlanRequest = Schemas['PlanRequest'];
export type Preview = Schemas['PlanPreviewView'];
export type Instalment = Schemas['InstalmentView'];
export type PlanState = Plan['state'];
export type Promised = Schemas['PromiseView'];
export type Payment = Schemas['PaymentView'];
export type Settings = Schemas['RepaymentSettingRequest'];

const PAGE_SIZE = 50;
/** Everything about repayment: what changes one changes the others. */
export const REPAYMENT = ['repayment'] as const;
export const PLAN_STATES: readonly PlanState[] = ['draft', 'proposed', 'approved', 'active', 'broken', 'completed', 'cancelled'];
export const METHODS: readonly PlanTerms['method'][] = ['equal-principal', 'equal-instalment', 'custom'];
export const HARDSHIPS: readonly PlanRequest['hardship'][] = [
  'unemployment',
  'illness',
  'disaster',
  'income-loss',
  'family',
  'business-failure',
  'other',
];

const pageOf = (cursor: string | undefined) => ({ limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });

export const listPlans = (state: PlanState | undefined, cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/plans', { params: { query: { ...pageOf(cursor), ...(state && { state }) } }, signal }));

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: [...REPAYMENT, 'plan', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/plans/{id}', { params: { path: { id } }, signal })),
  });

export const casePlansQuery = (id: string) =>
  queryOptions({
    queryKey: [...REPAYMENT, 'plans', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}/plans', { params: { path: { id }, query: {} }, signal })),
  });

export const promisesQuery = (id: string) =>
  queryOptions({
    queryKey: [...REPAYMENT, 'promises', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}/promises', { params: { path: { id }, query: {} }, signal })),
  });

export const paymentsQuery = (id: string) =>
  queryOptions({
    queryKey: [...REPAYMENT, 'payments', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}/payments', { params: { path: { id }, query: { limit: 20 } }, signal })),
  });

export const settingsQuery = queryOptions({
  queryKey: [...REPAYMENT, 'settings'],
  queryFn: ({ signal }) => take(collections.GET('/v1/repayment-settings', { signal })),
});

export const setSettings = (body: Settings) => take(collections.PUT('/v1/repayment-settings', { body }));

export const previewQuery = (caseId: string, terms: PlanTerms | null) =>
  queryOptions({
    queryKey: [...REPAYMENT, 'preview', caseId, terms],
    queryFn: ({ signal }) => {
      if (terms === null) throw new Error('there are no terms yet');
      return take(collections.POST('/v1/cases/{id}/plan-preview', { params: { path: { id: caseId } }, body: terms, signal }));
    },
    enabled: terms !== null,
    // The same terms are the same schedule.
    staleTime: 60_000,
  });

const acting = (id: string, key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });

export const draftPlan = (caseId: string, body: PlanRequest, key: string) =>
  take(collections.POST('/v1/cases/{id}/plans', { ...acting(caseId, key), body }));
export const revisePlan = (id: string, body: PlanRequest) => take(collections.PUT('/v1/plans/{id}', { params: { path: { id } }, body }));
export const proposePlan = (id: string, key: string) => take(collections.POST('/v1/plans/{id}/proposal', acting(id, key)));
export const approvePlan = (id: string, key: string) => take(collections.POST('/v1/plans/{id}/approval', acting(id, key)));
export const returnPlan = (id: string, reason: string, key: string) =>
  take(collections.POST('/v1/plans/{id}/return', { ...acting(id, key), body: { reason } }));
export const reinstatePlan = (id: string, reason: string, key: string) =>
  take(collections.POST('/v1/plans/{id}/reinstatement', { ...acting(id, key), body: { reason } }));
export const cancelPlan = (id: string, reason: string, key: string) =>
  take(collections.POST('/v1/plans/{id}/cancellation', { ...acting(id, key), body: { reason } }));
export const agreeOrally = (id: string, body: { readonly recordingId: string; readonly agreedAt: string }, key: string) =>
  take(collections.POST('/v1/plans/{id}/oral-agreement', { ...acting(id, key), body }));
export const signAddress = (id: string): string => `/api/collections/v1/plans/${encodeURIComponent(id)}/signature`;

export const makePromise = (caseId: string, body: Schemas['PromiseRequest'], key: string) =>
  take(collections.POST('/v1/cases/{id}/promises', { ...acting(caseId, key), body }));
export const withdrawPromise = (id: string, reason: string, key: string) =>
  take(collections.POST('/v1/promises/{id}/withdrawal', { ...acting(id, key), body: { reason } }));
