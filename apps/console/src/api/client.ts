import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from '../i18n/index.ts';
import { languageTag } from '../i18n/language.ts';
import type { paths as Collections } from './collections.d.ts';
import type { paths as Complaints } from './complaints.d.ts';
import { offline, toProblem } from './problem.ts';
import { sessionEnded } from './session-end.ts';

/** Tells the server that a page of ours sent this, not a form on another site. */
export const CONSOLE_HEADER = 'X-Forbear-Console';

const onEveryCall: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', languageTag(currentLanguage()));
    if (request.method !== 'GET' && request.method !== 'HEAD') request.headers.set(CONSOLE_HEADER, '1');
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return response;
    if (response.status === 401) sessionEnded();
    throw toProblem(response.status, await response.text(), response.headers);
  },
  onError: ({ error }) => (error instanceof DOMException && error.name === 'AbortError' ? error : offline()),
};

/** A typed client for one service; every call that does not succeed throws Problem. */
export function clientOf<Paths extends object>(service: string): ReturnType<typeof createClient<Paths>> {
  const client = createClient<Paths>({ baseUrl: `/api/${service}` });
  client.use(onEveryCall);
  return client;
}

export const collections = clientOf<Collections>('collections');
export const complaints = clientOf<Complaints>('complaints');

/** The body of an answer; what failed was thrown before. */
export async function take<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await call;
  if (data === undefined) throw toProblem(204, '', new Headers());
  return data;
}

/** A key for one intention of the user: the same again when it is sent again. Not randomUUID: that wants HTTPS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
