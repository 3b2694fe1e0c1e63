import { queryOptions } from '@tanstack/react-query';
import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call of the pages of sorting. All of them throw Problem.

type Schemas = components['schemas'];
export type Classification = Schemas['ClassificationView'];
export type Code = Schemas['CodeView'];
export type CodeChange = Schemas['CodeChangeView'];
export type CodeTable = Schemas['CodeTableView'];
export type CodeTableItem = Schemas['CodeTableItem'];
export type Agreement = Schemas['AgreementView'];
export type RuleAgreement = Schemas['RuleAgreement'];
export type BadFaith = Schemas['BadFaithView'];
export type BadFaithItem = Schemas['BadFaithItem'];
export type BadFaithSettings = Schemas['BadFaithSettingsView'];
export type Standing = BadFaithItem['standing'];

export const DIMENSIONS = ['area', 'business', 'cause', 'channel'] as const;
export const SIGNALS = ['near-identical-text', 'shared-contact', 'same-proxy', 'fee-demand', 'forged-proof'] as const;
export const STANDINGS = ['open', 'waiting', 'suspected', 'not-suspected'] as const;

// Below `complaints`: whatever is done to a complaint asks for all of it again.
const KEY = ['complaints', 'sorting'] as const;
export const SORTING = KEY;
const PER_PAGE = 50;
const of = (id: string) => ({ params: { path: { id } } });
const keyed = (key: string) => ({ header: { 'Idempotency-Key': key } });

export const codesQuery = queryOptions({
  queryKey: [...KEY, 'codes'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/codes', { params: { query: {} }, signal })),
});

export const classificationQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEY, 'classification', id],
    queryFn: ({ signal }) => take(complaints.GET('/v1/complaints/{id}/classification', { ...of(id), signal })),
  });

export const classify = (id: string, body: Schemas['ClassificationRequest'], key: string) =>
  take(complaints.POST('/v1/complaints/{id}/classification', { body, params: { path: { id }, ...keyed(key) } }));

export const tablesQuery = queryOptions({
  queryKey: [...KEY, 'tables'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/code-tables', { signal })),
});

export const tableQuery = (version: number) =>
  queryOptions({
    queryKey: [...KEY, 'table', version],
    queryFn: ({ signal }) => take(complaints.GET('/v1/code-tables/{version}', { params: { path: { version } }, signal })),
  });

export const putDraft = (body: Schemas['CodeTableRequest']) => take(complaints.PUT('/v1/code-table-draft', { body }));
export const CODE_FILE_URL = '/api/complaints/v1/code-table-files';

export const agreementQuery = (query: { readonly from: string; readonly to: string }) =>
  queryOptions({
    queryKey: [...KEY, 'agreement', query],
    queryFn: ({ signal }) => take(complaints.GET('/v1/classification-agreement', { params: { query }, signal })),
  });

export const badFaithQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEY, 'bad-faith', id],
    queryFn: ({ signal }) => take(complaints.GET('/v1/complaints/{id}/bad-faith', { ...of(id), signal })),
  });

export const listSuspected = (standing: Standing | undefined, cursor: string | undefined, signal: AbortSignal) =>
  take(
    complaints.GET('/v1/bad-faith', {
      params: { query: { limit: PER_PAGE, ...(standing && { standing }), ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );

export const signalsQuery = queryOptions({
  queryKey: [...KEY, 'signals'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/bad-faith-settings', { signal })),
});
export const setSignals = (body: Schemas['BadFaithSettingsRequest']) => take(complaints.PUT('/v1/bad-faith-settings', { body }));

export const reportAddress = (id: string, report: string): string => `/api/complaints/v1/complaints/${id}/bad-faith-reports/${report}`;
