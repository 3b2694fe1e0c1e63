import { collections, complaints, take } from '../../api/client.ts';
import type { components as Collections } from '../../api/collections.d.ts';
import type { components as Complaints } from '../../api/complaints.d.ts';
import { eitherClient, type Service } from '../../api/service.ts';

export type ContactStatistics = Collections['schemas']['StatisticsView'];
export type ComplaintStatistics = Complaints['schemas']['StatisticsView'];
export type Register = Collections['schemas']['RegisterView'];
export type Read = Collections['schemas']['RegulatorReadView'] & { readonly service: Service };
export type Report = (Collections['schemas']['ReportView'] | Complaints['schemas']['ReportView']) & { readonly service: Service };

export interface Days {
  readonly from: string;
  readonly to: string;
}

const PER_PAGE = 20;
const queryOf = (cursor: string | undefined): { limit: number; cursor?: string } => ({
  limit: PER_PAGE,
  ...(cursor !== undefined && { cursor }),
});

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export async function listReads(service: Service, cursor: string | undefined, signal: AbortSignal): Promise<Page<Read>> {
  const page = await take(eitherClient(service).GET('/v1/regulator-reads', { params: { query: queryOf(cursor) }, signal }));
  return { items: page.items.map((item) => ({ ...item, service })), nextCursor: page.nextCursor };
}

export async function listSigned(service: Service, cursor: string | undefined, signal: AbortSignal): Promise<Page<Report>> {
  const query = { ...queryOf(cursor), state: 'signed' as const };
  const page = await take(eitherClient(service).GET('/v1/reports', { params: { query }, signal }));
  return { items: page.items.map((item) => ({ ...item, service })), nextCursor: page.nextCursor };
}

export const contactStatistics = (query: Days, signal: AbortSignal): Promise<ContactStatistics> =>
  take(collections.GET('/v1/statistics', { params: { query }, signal }));

export const complaintStatistics = (query: Days, signal: AbortSignal): Promise<ComplaintStatistics> =>
  take(complaints.GET('/v1/statistics', { params: { query }, signal }));

export const registerOn = (on: string, signal: AbortSignal): Promise<Register> =>
  take(collections.GET('/v1/agency-register', { params: { query: { on } }, signal }));
