import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call of decisions, letters and the telling that reads. All of them throw Problem.

type Schemas = components['schemas'];
export type Decision = Schemas['DecisionView'];
export type Telling = Schemas['TellingView'];
export type Notice = Schemas['NoticeView'];
export type Template = Schemas['TemplateView'];
export type Matrix = Schemas['MatrixView'];
export type NoticeSetting = Schemas['NoticeSettingView'];

const of = (id: string) => ({ params: { path: { id } } });

export const listDecisions = (id: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/complaints/{id}/decisions', { ...of(id), signal }));
export const findTelling = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/complaints/{id}/telling', { ...of(id), signal }));
export const listTemplates = (signal: AbortSignal) => take(complaints.GET('/v1/letter-templates', { signal }));
export const listMatrices = (signal: AbortSignal) => take(complaints.GET('/v1/approval-matrices', { signal }));
export const findNoticeSetting = (signal: AbortSignal) => take(complaints.GET('/v1/notice-settings', { signal }));
export const putNoticeSetting = (body: Schemas['NoticeSettingRequest']) => take(complaints.PUT('/v1/notice-settings', { body }));

/** The letter of a version as PDF. */
export const letterAddress = (id: string, version: number): string => `/api/complaints/v1/complaints/${id}/decisions/${version}/letter`;
