import { complaints, take } from '../../api/client.ts';
import type { components } from '../../api/complaints.d.ts';
import type { ActionName } from './actions.ts';
import type { Filters } from './buckets.ts';
import type { Evaluation } from './preview.ts';
import type { ClockAnswer, Complaint, ComplaintItem, Counts, DueBucket, EventAnswer, ImportView, TimelineItem } from './wire.ts';

// Every call of these pages to the complaints service. All of them throw Problem.

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const PER_TIMELINE_PAGE = 100;
const MOST_TIMELINE_PAGES = 20;

type State = ComplaintItem['state'];
// What stands in an address may be no state at all: the service says so.
const asked = ({ state, ...rest }: Filters): Omit<Filters, 'state'> & { state?: State } => ({
  ...rest,
  ...(state !== undefined && { state: state as State }),
});

export const listComplaints = (
  dueBucket: DueBucket,
  filters: Filters,
  limit: number,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<ComplaintItem>> =>
  take(
    complaints.GET('/v1/complaints', {
      params: { query: { ...asked(filters), dueBucket, limit, ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );

export const countComplaints = (filters: Filters, signal: AbortSignal): Promise<Counts> =>
  take(complaints.GET('/v1/complaint-counts', { params: { query: asked(filters) }, signal }));

export const findComplaint = (id: string, signal: AbortSignal): Promise<Complaint> =>
  take(complaints.GET('/v1/complaints/{id}', { params: { path: { id } }, signal }));

/** The whole timeline: the rules want every event, and a complaint has few. */
export async function readTimeline(id: string, signal: AbortSignal): Promise<readonly TimelineItem[]> {
  const items: TimelineItem[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_TIMELINE_PAGES; page += 1) {
    const query: { limit: number; cursor?: string } = { limit: PER_TIMELINE_PAGE, ...(cursor !== null && { cursor }) };
    const read: Page<TimelineItem> = await take(
      complaints.GET('/v1/complaints/{id}/timeline', { params: { path: { id }, query }, signal }),
    );
    items.push(...read.items);
    cursor = read.nextCursor;
    if (cursor === null) break;
  }
  return items;
}

type RegisterBody = components['schemas']['ComplaintRequest'];

/** What a person typed is checked by the service, field by field. */
export const registerComplaint = (body: object, key: string): Promise<Complaint> =>
  take(complaints.POST('/v1/complaints', { body: body as RegisterBody, params: { header: { 'Idempotency-Key': key } } }));

export const evaluateClock = (evaluation: Evaluation, signal: AbortSignal): Promise<ClockAnswer> =>
  take(complaints.POST('/v1/clock-evaluations', { body: evaluation, signal }));

/** The bodies of the events differ, their answers do not: the form knows the one, the service checks it. */
export const recordEvent = (id: string, name: Exclude<ActionName, 'assignment'>, body: object, key: string): Promise<EventAnswer> => {
  const path = `/v1/complaints/{id}/${name}` as '/v1/complaints/{id}/complexity';
  return take(complaints.POST(path, { body, params: { path: { id }, header: { 'Idempotency-Key': key } } }));
};

export const assign = (id: string, handler: string): Promise<Complaint> =>
  take(complaints.POST('/v1/complaints/{id}/assignment', { body: { handler }, params: { path: { id } } }));

export const findImport = (id: string, signal: AbortSignal): Promise<ImportView> =>
  take(complaints.GET('/v1/imports/{id}', { params: { path: { id } }, signal }));
