import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import type { Language } from '../../i18n/language.ts';

type Schemas = components['schemas'];
export type Template = Schemas['TemplateView'];
export type Delivery = Schemas['DeliveryView'];
export type Letter = Schemas['LetterView'];
export type Batch = Schemas['BatchView'];
export type ReminderSetting = Schemas['ReminderSettingView'];
export type Preview = Schemas['ReminderPreview'];
export type Reminder = Schemas['ReminderView'];

const PAGE_SIZE = 50;
const AGAIN_MS = 5000;
export const CHANNELS = ['sms', 'email', 'letter'] as const;
export const TEMPLATES = ['message-templates'] as const;
export const LETTERS = ['letters'] as const;
export const REMINDERS = ['reminders'] as const;
export const SETTINGS = ['message-settings'] as const;
export const messagesOf = (caseId: string) => ['messages', caseId] as const;

export interface TemplateFilter {
  readonly channel?: Template['channel'];
  readonly state?: Template['state'];
}

const page = (cursor: string | undefined) => ({ limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });

export const listTemplates = (filter: TemplateFilter, cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/message-templates', { params: { query: { ...filter, ...page(cursor) } }, signal }));

export const templateQuery = (templateId: string) =>
  queryOptions({
    queryKey: [...TEMPLATES, 'one', templateId],
    queryFn: ({ signal }) => take(collections.GET('/v1/message-templates', { params: { query: { templateId, limit: 200 } }, signal })),
  });

export const approvedQuery = (channel: Template['channel']) =>
  queryOptions({
    queryKey: [...TEMPLATES, 'approved', channel],
    queryFn: ({ signal }) =>
      take(collections.GET('/v1/message-templates', { params: { query: { channel, state: 'approved', limit: 200 } }, signal })),
  });

export const variablesQuery = queryOptions({
  queryKey: ['message-variables'],
  queryFn: ({ signal }) => take(collections.GET('/v1/message-variables', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

export const screeningQuery = (text: string, caseId: string | undefined, language: Language) =>
  queryOptions({
    queryKey: ['text-screening', text, caseId, language],
    queryFn: ({ signal }) =>
      take(collections.POST('/v1/text-screenings', { body: { text, ...(caseId !== undefined && { caseId }) }, signal })),
    enabled: text.trim() !== '',
    staleTime: AGAIN_MS,
  });

/** The messages of a case; again while one of them is on its way. */
export const caseMessagesQuery = (caseId: string) =>
  queryOptions({
    queryKey: messagesOf(caseId),
    queryFn: ({ signal }) => take(collections.GET('/v1/messages', { params: { query: { caseId, limit: 50 } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.channel !== 'letter' && ['asked', 'queued', 'sending'].includes(one.state)) ? AGAIN_MS : false,
  });

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/messages/{id}', { params: { path: { id } }, signal })),
  });

export const listLetters = (state: Letter['state'] | undefined, cursor: string | undefined, signal: AbortSignal) =>
  take(
    collections.GET('/v1/letters', {
      params: { query: { ...(state !== undefined && { state: state as 'queued' }), ...page(cursor) } },
      signal,
    }),
  );

export const listBatches = (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/letter-batches', { params: { query: page(cursor) }, signal }));

export const settingsQuery = queryOptions({
  queryKey: SETTINGS,
  queryFn: ({ signal }) => take(collections.GET('/v1/message-settings', { signal })),
});

export const sealQuery = queryOptions({
  queryKey: ['letter-seal'],
  queryFn: ({ signal }) => take(collections.GET('/v1/letter-seal', { signal })),
});

export const reminderSettingsQuery = queryOptions({
  queryKey: [...REMINDERS, 'settings'],
  queryFn: ({ signal }) => take(collections.GET('/v1/reminder-settings', { signal })),
});

export const previewReminders = (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/reminder-preview', { params: { query: page(cursor) }, signal }));

export const listReminders = (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/reminders', { params: { query: page(cursor) }, signal }));

/** Where a file of the service is fetched by the browser itself. */
export const fileOf = (path: string): string => `/api/collections${path}`;
