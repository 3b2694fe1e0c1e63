import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';

type Schemas = components['schemas'];
export type Script = Schemas['ScriptView'];
export type ScriptRequest = Schemas['ScriptRequest'];
export type StrategyView = Schemas['StrategyView'];
export type StrategyRequest = Schemas['StrategyRequest'];
export type RecordingTerm = Schemas['RecordingTermView'];

const PAGE_SIZE = 50;
export const SCRIPTS = ['call-scripts'] as const;
export const STAGES = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M6+'] as const;
/** What a script may name, as the service knows it. */
export const VARIABLES = [
  'callerName',
  'collectorNumber',
  'organisation',
  'bankName',
  'debtorName',
  'balance',
  'currency',
  'overdueSince',
  'product',
] as const;

export const listScripts = (state: Script['state'] | undefined, cursor: string | undefined, signal: AbortSignal) =>
  take(
    collections.GET('/v1/call-scripts', {
      params: { query: { limit: PAGE_SIZE, ...(state && { state }), ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );

/** All versions of one script, in order. */
export const scriptQuery = (scriptId: string) =>
  queryOptions({
    queryKey: [...SCRIPTS, 'one', scriptId],
    queryFn: ({ signal }) => take(collections.GET('/v1/call-scripts', { params: { query: { scriptId, limit: 200 } }, signal })),
  });

const headed = (key: string) => ({ 'Idempotency-Key': key });
const versionOf = ({ scriptId, version }: Script, key: string) => ({ path: { scriptId, version }, header: headed(key) });

export const createScript = (body: ScriptRequest, key: string) =>
  take(collections.POST('/v1/call-scripts', { body, params: { header: headed(key) } }));
export const approveScript = (script: Script, key: string) =>
  take(collections.POST('/v1/call-scripts/{scriptId}/versions/{version}/approval', { params: versionOf(script, key) }));
export const retireScript = (script: Script, reason: string, key: string) =>
  take(collections.POST('/v1/call-scripts/{scriptId}/versions/{version}/retirement', { params: versionOf(script, key), body: { reason } }));

export const putStrategy = (body: StrategyRequest, key: string) =>
  take(collections.POST('/v1/worklist-strategies', { body, params: { header: headed(key) } }));
export const retireStrategy = (strategyId: string, key: string) =>
  take(collections.POST('/v1/worklist-strategies/{strategyId}/retirement', { params: { path: { strategyId }, header: headed(key) } }));

export const termsQuery = queryOptions({
  queryKey: ['recording-terms'],
  queryFn: ({ signal }) => take(collections.GET('/v1/recording-terms', { signal })),
});
export const setTerm = (body: Schemas['RecordingTermRequest']) => take(collections.PUT('/v1/recording-terms', { body }));
