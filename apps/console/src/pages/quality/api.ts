import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';

type Schemas = components['schemas'];
export type Review = Schemas['ReviewView'];
export type ReviewWithSheet = Schemas['ReviewWithSheet'];
export type Result = Schemas['ResultView'];
export type ResultDetail = Schemas['ResultDetail'];
export type Plan = Schemas['SamplePlanView'];
export type Setting = Schemas['QualitySettingView'];
export type Sheet = Schemas['SheetView'];
export type SheetRequest = Schemas['SheetRequest'];
export type Mark = Schemas['MarkView']['mark'];
export type MarkOf = Schemas['MarkView'];
export type Calibration = Schemas['CalibrationView'];

export const QUALITY = ['quality'] as const;
export const MARKS: readonly Mark[] = ['met', 'not-met', 'not-applicable'];
const PAGE_SIZE = 50;

const paged = (cursor: string | undefined) => ({ limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });
const keyed = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

export const listReviews = (done: boolean, cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/quality-reviews', { params: { query: { ...paged(cursor), done } }, signal }));
export const listResults = (passed: boolean | undefined, cursor: string | undefined, signal: AbortSignal) =>
  take(
    collections.GET('/v1/quality-results', { params: { query: { ...paged(cursor), ...(passed !== undefined && { passed }) } }, signal }),
  );
export const listPlans = (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/quality-plans', { params: { query: paged(cursor) }, signal }));

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: [...QUALITY, 'review', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/quality-reviews/{id}', { params: { path: { id } }, signal })),
  });
export const recordingQuery = (id: string) =>
  queryOptions({
    queryKey: ['recordings', 'one', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/recordings/{id}', { params: { path: { id } }, signal })),
  });
export const resultQuery = (id: string) =>
  queryOptions({
    queryKey: [...QUALITY, 'result', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/quality-results/{id}', { params: { path: { id } }, signal })),
  });
export const settingQuery = queryOptions({
  queryKey: [...QUALITY, 'setting'],
  queryFn: ({ signal }) => take(collections.GET('/v1/quality-setting', { signal })),
});
export const sheetsQuery = queryOptions({
  queryKey: [...QUALITY, 'sheets'],
  queryFn: ({ signal }) => take(collections.GET('/v1/quality-sheets', { signal })),
});
export const calibrationQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: [...QUALITY, 'calibration', from, to],
    queryFn: ({ signal }) => take(collections.GET('/v1/quality-calibration', { params: { query: { from, to } }, signal })),
  });

export const finishReview = (id: string, body: Schemas['ReviewResultRequest'], key: string) =>
  take(collections.POST('/v1/quality-reviews/{id}/result', { body, params: keyed(id, key) }));
export const disputeResult = (id: string, reason: string, key: string) =>
  take(collections.POST('/v1/quality-results/{id}/dispute', { body: { reason }, params: keyed(id, key) }));
export const answerDispute = (id: string, body: Schemas['DisputeAnswerRequest'], key: string) =>
  take(collections.POST('/v1/quality-results/{id}/answer', { body, params: keyed(id, key) }));
export const setQuality = (body: Schemas['QualitySettingRequest']) => take(collections.PUT('/v1/quality-setting', { body }));
export const addSheet = (body: SheetRequest, key: string) =>
  take(collections.POST('/v1/quality-sheets', { body, params: { header: { 'Idempotency-Key': key } } }));
export const drawSample = (body: Schemas['DrawRequest'], key: string) =>
  take(collections.POST('/v1/quality-plans', { body, params: { header: { 'Idempotency-Key': key } } }));
