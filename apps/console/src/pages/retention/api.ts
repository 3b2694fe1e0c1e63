import { take } from '../../api/client.ts';
import type { components } from '../../api/complaints.d.ts';
import { eitherClient, type Service } from '../../api/service.ts';

type Schemas = components['schemas'];

export type Kinds = Schemas['RetentionKindsView'];
export type Kind = Schemas['RetentionKindView'];
export type Rule = Schemas['RetentionRuleView'];
export type Hold = Schemas['RetentionHoldView'];
export type HoldScope = Hold['scope'];
export type Run = Schemas['RetentionRunView'];
export type Inclusion = Schemas['DestructionInclusion'];
export type Decision = 'approve' | 'refuse' | 'withdraw';
export const SCOPES: readonly HoldScope[] = ['subject', 'case', 'complaint', 'agency', 'kind'];

const PER_PAGE = 20;
const pageOf = (cursor: string | undefined) => ({ limit: PER_PAGE, ...(cursor !== undefined && { cursor }) });
const keyed = (key: string) => ({ header: { 'Idempotency-Key': key } });

export const listKinds = (service: Service, signal: AbortSignal): Promise<Kinds> =>
  take(eitherClient(service).GET('/v1/retention/kinds', { signal }));

export const listHolds = (service: Service, cursor: string | undefined, signal: AbortSignal) =>
  take(eitherClient(service).GET('/v1/retention/holds', { params: { query: pageOf(cursor) }, signal }));

export const findHold = (service: Service, id: string, signal: AbortSignal) =>
  take(eitherClient(service).GET('/v1/retention/holds/{id}', { params: { path: { id } }, signal }));

export const listRuns = (service: Service, cursor: string | undefined, signal: AbortSignal) =>
  take(eitherClient(service).GET('/v1/retention/runs', { params: { query: pageOf(cursor) }, signal }));

export const findRun = (service: Service, id: string, signal: AbortSignal): Promise<Run> =>
  take(eitherClient(service).GET('/v1/retention/runs/{id}', { params: { path: { id } }, signal }));

export const proposeRule = (service: Service, body: { kind: string; years: number | null; source: string }, key: string): Promise<Rule> =>
  take(eitherClient(service).POST('/v1/retention/rules', { body, params: keyed(key) }));

export const decideRule = (service: Service, id: string, decision: Decision, key: string): Promise<Rule> =>
  take(eitherClient(service).POST('/v1/retention/rules/{id}/decision', { body: { decision }, params: { path: { id }, ...keyed(key) } }));

export interface NewHold {
  readonly scope: HoldScope;
  readonly value: string;
  readonly reason: string;
}

export const placeHold = (service: Service, { scope, value, reason }: NewHold, key: string): Promise<Hold> =>
  take(eitherClient(service).POST('/v1/retention/holds', { body: { scope, value, reason }, params: keyed(key) }));

export const askRelease = (service: Service, id: string, reason: string, key: string): Promise<Hold> =>
  take(eitherClient(service).POST('/v1/retention/holds/{id}/release', { body: { reason }, params: { path: { id }, ...keyed(key) } }));

export const decideRelease = (service: Service, id: string, decision: Decision, key: string): Promise<Hold> =>
  take(
    eitherClient(service).POST('/v1/retention/holds/{id}/release-decision', {
      body: { decision },
      params: { path: { id }, ...keyed(key) },
    }),
  );

export const lookWhatMayGo = (service: Service, key: string): Promise<Run> =>
  take(eitherClient(service).POST('/v1/retention/runs', { body: { mode: 'dry-run' }, params: keyed(key) }));

export const askDestruction = (service: Service, dryRun: string, key: string): Promise<Run> =>
  take(eitherClient(service).POST('/v1/retention/runs', { body: { mode: 'destroy', dryRun }, params: keyed(key) }));

export const decideRun = (service: Service, { id, listRoot }: Run, decision: Decision, key: string): Promise<Run> =>
  take(
    eitherClient(service).POST('/v1/retention/runs/{id}/decision', {
      body: { decision, ...(decision === 'approve' && { listRoot }) },
      params: { path: { id }, ...keyed(key) },
    }),
  );

export const cancelRun = (service: Service, id: string): Promise<Run> =>
  take(eitherClient(service).POST('/v1/retention/runs/{id}/cancellation', { params: { path: { id } } }));

export const proveDestruction = (service: Service, id: string, kind: string, record: string): Promise<Inclusion> =>
  take(eitherClient(service).GET('/v1/retention/runs/{id}/inclusion', { params: { path: { id }, query: { kind, id: record } } }));

export const fileOf = (service: Service, id: string, what: 'items' | 'certificate'): string =>
  `/api/${service}/v1/retention/runs/${encodeURIComponent(id)}/${what}`;
