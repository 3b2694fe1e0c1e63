import { clientOf, newKey, take } from '../../api/client.ts';
import type { Filters } from './buckets.ts';
import type { ActionName } from './actions.ts';
import type { Evaluation } from './preview.ts';
import type { ClockAnswer, Complaint, ComplaintItem, Counts, DueBucket, EventAnswer, Page, TimelineItem } from './wire.ts';

// Every call of these pages to the complaints service. All of them throw Problem.

// TEMPORARY until the generated types are here
interface Anything {
  readonly parameters: { readonly query?: object; readonly path?: object; readonly header?: object };
  readonly requestBody?: { readonly content: { readonly 'application/json': object } };
  readonly responses: { readonly 200: { readonly content: { readonly 'application/json': unknown } } };
}
type Paths = Record<string, { get: Anything; post: Anything }>;
export const complaints = clientOf<Paths>('complaints');
const get = async <T>(path: string, init: object): Promise<T> => (await take(complaints.GET(path, init as never))) as T;
const post = async <T>(path: string, init: object): Promise<T> => (await take(complaints.POST(path, init as never))) as T;

export const PER_LANE = 20;

export const listComplaints = (
  dueBucket: DueBucket,
  filters: Filters,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<ComplaintItem>> =>
  get('/v1/complaints', { params: { query: { ...filters, dueBucket, limit: PER_LANE, ...(cursor !== undefined && { cursor }) } }, signal });

export const countComplaints = (filters: Filters, signal: AbortSignal): Promise<Counts> =>
  get('/v1/complaint-counts', { params: { query: filters }, signal });

export const findComplaint = (id: string, signal: AbortSignal): Promise<Complaint> =>
  get('/v1/complaints/{id}', { params: { path: { id } }, signal });

const MOST_PAGES = 20;

/** The whole timeline: the rules want every event, and a complaint has few. */
export async function readTimeline(id: string, signal: AbortSignal): Promise<readonly TimelineItem[]> {
  const items: TimelineItem[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query: object = { limit: 100, ...(cursor !== null && { cursor }) };
    const read: Page<TimelineItem> = await get('/v1/complaints/{id}/timeline', { params: { path: { id }, query }, signal });
    items.push(...read.items);
    cursor = read.nextCursor;
    if (cursor === null) break;
  }
  return items;
}

export const registerComplaint = (body: object, key: string): Promise<Complaint> =>
  post('/v1/complaints', { body, params: { header: { 'Idempotency-Key': key } } });

export const evaluateClock = (evaluation: Evaluation, signal: AbortSignal): Promise<ClockAnswer> =>
  post('/v1/clock-evaluations', { body: evaluation, signal });

export const recordEvent = (id: string, name: Exclude<ActionName, 'assignment'>, body: object, key: string): Promise<EventAnswer> =>
  post(`/v1/complaints/{id}/${name}`, { body, params: { path: { id }, header: { 'Idempotency-Key': key } } });

export const assign = (id: string, handler: string, key: string = newKey()): Promise<Complaint> =>
  post('/v1/complaints/{id}/assignment', { body: { handler }, params: { path: { id }, header: { 'Idempotency-Key': key } } });

export interface ImportView {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly rows: {
    readonly total: number | null;
    readonly done: number;
    readonly inserted: number;
    readonly unchanged: number;
    readonly rejected: number;
  };
  readonly errors: readonly { readonly row: number; readonly column: string | null; readonly code: string; readonly detail: string }[];
}

export const findImport = (id: string, signal: AbortSignal): Promise<ImportView> =>
  get('/v1/imports/{id}', { params: { path: { id } }, signal });
