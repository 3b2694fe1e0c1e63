import { collections, complaints, take } from '../../api/client.ts';
import type { components as Collections } from '../../api/collections.d.ts';
import type { components as Complaints } from '../../api/complaints.d.ts';
import type { Operation } from '../../session/session.ts';
import { isDocument, type ReportDocument } from './document.ts';
import type { Period } from './period.ts';

export type Service = 'collections' | 'complaints';
type AnyView = Collections['schemas']['ReportView'] | Complaints['schemas']['ReportView'];
export type Kind = AnyView['kind'];
export type Format = AnyView['formats'][number];
/** A report, and the service that made it. */
export type Report = AnyView & { readonly service: Service };

/** Each kind of report, the service that makes it, and who may have it made. */
export const KINDS = {
  'collections-compliance': { service: 'collections', needs: 'collections.createReport' },
  'agency-register': { service: 'collections', needs: 'collections.createReport' },
  'rules-in-force': { service: 'collections', needs: 'collections.createReport' },
  'case-dossier': { service: 'collections', needs: 'collections.createReport' },
  'complaint-timeliness': { service: 'complaints', needs: 'complaints.createReport' },
  'major-complaints': { service: 'complaints', needs: 'complaints.createReport' },
} as const satisfies Record<Kind, { readonly service: Service; readonly needs: Operation }>;
/** A dossier is of one case, which the form does not ask for. */
export const KIND_NAMES = (Object.keys(KINDS) as Kind[]).filter((kind) => kind !== 'case-dossier');

export const FORMATS: readonly Format[] = ['pdf', 'xlsx', 'csv', 'json'];
export const SERVICES: readonly Service[] = ['collections', 'complaints'];
export const isService = (value: string): value is Service => SERVICES.some((service) => service === value);

interface Page {
  readonly items: readonly Report[];
  readonly nextCursor: string | null;
}

// Both services have the same routes; their clients differ in type alone.
const clientOf = (service: Service): typeof complaints =>
  service === 'collections' ? (collections as unknown as typeof complaints) : complaints;

const PER_PAGE = 20;

export async function listReports(service: Service, cursor: string | undefined, signal: AbortSignal): Promise<Page> {
  const query = { limit: PER_PAGE, ...(cursor !== undefined && { cursor }) };
  const page = await take(clientOf(service).GET('/v1/reports', { params: { query }, signal }));
  return { items: page.items.map((item) => ({ ...item, service })), nextCursor: page.nextCursor };
}

export const findReport = async (service: Service, id: string, signal: AbortSignal): Promise<Report> => ({
  ...(await take(clientOf(service).GET('/v1/reports/{id}', { params: { path: { id } }, signal }))),
  service,
});

export interface NewReport {
  readonly kind: Kind;
  readonly period: Period;
  readonly formats: readonly Format[];
}

export async function createReport({ kind, period, formats }: NewReport, key: string): Promise<Report> {
  const { service } = KINDS[kind];
  const header = { 'Idempotency-Key': key };
  const body = { kind: kind as 'complaint-timeliness', period, formats: [...formats] };
  return { ...(await take(clientOf(service).POST('/v1/reports', { body, params: { header } }))), service };
}

/** Signs a report off, for whoever did not ask for it. */
export async function signReport({ service, id }: Report, key: string): Promise<Report> {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  return { ...(await take(clientOf(service).POST('/v1/reports/{id}/sign-off', { params }))), service };
}

/** Stops the making of a report, or drops a draft. */
export const cancelReport = async ({ service, id }: Report): Promise<Report> => ({
  ...(await take(clientOf(service).POST('/v1/reports/{id}/cancellation', { params: { path: { id } } }))),
  service,
});

export const fileAddress = (service: Service, id: string, name: string): string =>
  `/api/${service}/v1/reports/${encodeURIComponent(id)}/files/${encodeURIComponent(name)}`;

/** The report as data; null where this page does not know its form. */
export async function readDocument(service: Service, id: string, name: string, signal: AbortSignal): Promise<ReportDocument | null> {
  const init = { params: { path: { id, name } }, parseAs: 'json', signal } as const;
  const read: unknown = await take(clientOf(service).GET('/v1/reports/{id}/files/{name}', init));
  return isDocument(read) ? read : null;
}
