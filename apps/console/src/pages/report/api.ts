import { take } from '../../api/client.ts';
import type { components as Collections } from '../../api/collections.d.ts';
import type { components as Complaints } from '../../api/complaints.d.ts';
import type { Operation } from '../../session/session.ts';
import { isDocument, type ReportDocument } from './document.ts';
import type { Period } from './period.ts';
import { eitherClient, type Service } from '../../api/service.ts';

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
export const KIND_NAMES = Object.keys(KINDS) as Kind[];
/** Of one case, which has to be named; has names in it, so there is no public version. */
export const DOSSIER: Kind = 'case-dossier';
/** Those that go over a period by themselves. */
export const PERIODICAL = KIND_NAMES.filter((kind) => kind !== DOSSIER);

export type Audience = AnyView['audience'];
export const AUDIENCES: readonly Audience[] = ['internal', 'public'];
export type PdfLanguage = AnyView['language'];
export const PDF_LANGUAGES: readonly PdfLanguage[] = ['zh', 'en'];
export const FORMATS: readonly Format[] = ['pdf', 'xlsx', 'csv', 'json'];

/** A page of what a service answers with. */
export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const PER_PAGE = 20;
export const pageQuery = (cursor: string | undefined) => ({ limit: PER_PAGE, ...(cursor !== undefined && { cursor }) });

export interface ReportFilter {
  readonly state?: Report['state'];
  readonly kind?: Kind;
}

export async function listReports(
  service: Service,
  filter: ReportFilter,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<PageOf<Report>> {
  const query = { ...pageQuery(cursor), ...filter };
  const page = await take(eitherClient(service).GET('/v1/reports', { params: { query }, signal }));
  return { items: page.items.map((item) => ({ ...item, service })), nextCursor: page.nextCursor };
}

export const findReport = async (service: Service, id: string, signal: AbortSignal): Promise<Report> => ({
  ...(await take(eitherClient(service).GET('/v1/reports/{id}', { params: { path: { id } }, signal }))),
  service,
});

export interface NewReport {
  readonly kind: Kind;
  readonly period: Period;
  readonly formats: readonly Format[];
  readonly audience: Audience;
  readonly language: PdfLanguage;
  readonly subject?: string;
}

export async function createReport({ kind, formats, ...rest }: NewReport, key: string): Promise<Report> {
  const { service } = KINDS[kind];
  const header = { 'Idempotency-Key': key };
  const body = { kind: kind as 'complaint-timeliness', formats: [...formats], ...rest };
  return { ...(await take(eitherClient(service).POST('/v1/reports', { body, params: { header } }))), service };
}

/** Signs a report off, for whoever did not ask for it. */
export async function signReport({ service, id }: Report, key: string): Promise<Report> {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  return { ...(await take(eitherClient(service).POST('/v1/reports/{id}/sign-off', { params }))), service };
}

/** Stops the making of a report, or drops a draft. */
export const cancelReport = async ({ service, id }: Report): Promise<Report> => ({
  ...(await take(eitherClient(service).POST('/v1/reports/{id}/cancellation', { params: { path: { id } } }))),
  service,
});

/** Has another version made of a signed report. */
export async function correctReport({ service, id }: Report, reason: string, key: string): Promise<Report> {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  return { ...(await take(eitherClient(service).POST('/v1/reports/{id}/corrections', { params, body: { reason } }))), service };
}

export async function listVersions(service: Service, id: string, signal: AbortSignal): Promise<readonly Report[]> {
  const { items } = await take(eitherClient(service).GET('/v1/reports/{id}/versions', { params: { path: { id } }, signal }));
  return items.map((item) => ({ ...item, service }));
}

export type FigureRows = Collections['schemas']['FigureRowsView'];

/** The rows that a number counts; `figure`: its id, or `table.row.column` for a cell. */
export function listFigureRows(
  { service, id }: Pick<Report, 'service' | 'id'>,
  figure: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<FigureRows> {
  const params = { path: { id, figure }, query: pageQuery(cursor) };
  return take(eitherClient(service).GET('/v1/reports/{id}/figures/{figure}/rows', { params, signal }));
}

export const fileAddress = (service: Service, id: string, name: string): string =>
  `/api/${service}/v1/reports/${encodeURIComponent(id)}/files/${encodeURIComponent(name)}`;

/** The report as data; null where this page does not know its form. */
export async function readDocument(service: Service, id: string, name: string, signal: AbortSignal): Promise<ReportDocument | null> {
  const init = { params: { path: { id, name } }, parseAs: 'json', signal } as const;
  const read: unknown = await take(eitherClient(service).GET('/v1/reports/{id}/files/{name}', init));
  return isDocument(read) ? read : null;
}
