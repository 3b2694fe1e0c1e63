import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call of the public page and of mail. All of them throw Problem.

type Schemas = components['schemas'];
export type ChannelPage = Schemas['ChannelPageView'];
export type ChannelPageRequest = Schemas['ChannelPageRequest'];
export type MailItem = Schemas['MailItem'];
export type Mail = Schemas['MailView'];
export type Which = 'waiting' | 'settled' | 'all';

const of = (id: string) => ({ params: { path: { id } } });

export const listChannelPages = (signal: AbortSignal) => take(complaints.GET('/v1/channel-pages', { signal }));
export const proposeChannelPage = (body: ChannelPageRequest, key: string) =>
  take(complaints.POST('/v1/channel-pages', { body, params: { header: { 'Idempotency-Key': key } } }));

const paged = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });
export const listMails = (which: Which, cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/mails', { params: { query: { which, ...paged(cursor) } }, signal }));
export const listMailsOf = (complaintId: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/mails', { params: { query: { complaintId } }, signal }));
export const findMail = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/mails/{id}', { ...of(id), signal }));

/** The mail as it came. */
export const originalAddress = (id: string): string => `/api/complaints/v1/mails/${id}/original`;

export const listAddresses = (signal: AbortSignal) => take(complaints.GET('/v1/mailbox-addresses', { signal }));
export const addAddress = (address: string) => take(complaints.PUT('/v1/mailbox-addresses/{address}', { params: { path: { address } } }));
export const retireAddress = (address: string) =>
  take(complaints.POST('/v1/mailbox-addresses/{address}/retirement', { params: { path: { address } } }));
