import { take } from '../../api/client.ts';
import type { components } from '../../api/complaints.d.ts';
import { pageQuery, type Audience, type Kind, type PageOf } from './api.ts';
import { eitherClient, type Service } from '../../api/service.ts';

type Schemas = components['schemas'];
type Answered<View> = View & { readonly service: Service };

/** Where signed reports of a service go. */
export type Target = Answered<Schemas['ReportTargetView']>;
export type Delivery = Answered<Schemas['ReportDeliveryView']>;
export type Channel = Target['channel'];
export const CHANNELS: readonly Channel[] = ['portal', 'email', 'sftp', 'webhook'];

export interface NewTarget {
  readonly service: Service;
  readonly name: string;
  readonly channel: Channel;
  readonly kinds?: Kind[];
  readonly audience?: Audience;
  readonly email?: Schemas['TargetEmail'];
  readonly sftp?: Schemas['TargetSftp'];
  readonly webhook?: Schemas['TargetWebhook'];
}

const ofService = <View>(page: PageOf<View>, service: Service): PageOf<Answered<View>> => ({
  items: page.items.map((item) => ({ ...item, service })),
  nextCursor: page.nextCursor,
});

export const listTargets = async (service: Service, cursor: string | undefined, signal: AbortSignal): Promise<PageOf<Target>> =>
  ofService(await take(eitherClient(service).GET('/v1/report-targets', { params: { query: pageQuery(cursor) }, signal })), service);

/** Those of one report where one is named. */
export async function listDeliveries(
  service: Service,
  reportId: string | undefined,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<PageOf<Delivery>> {
  const query = { ...pageQuery(cursor), ...(reportId !== undefined && { reportId }) };
  return ofService(await take(eitherClient(service).GET('/v1/report-deliveries', { params: { query }, signal })), service);
}

export function createTarget({ service, kinds, ...rest }: NewTarget, key: string): Promise<Schemas['ReportTargetView']> {
  const body = { ...rest, ...(kinds && kinds.length > 0 && { kinds: kinds as 'complaint-timeliness'[] }) };
  return take(eitherClient(service).POST('/v1/report-targets', { body, params: { header: { 'Idempotency-Key': key } } }));
}

type Named = Pick<Target, 'service' | 'id'>;

export const removeTarget = ({ service, id }: Named): Promise<Schemas['ReportTargetView']> =>
  take(eitherClient(service).DELETE('/v1/report-targets/{id}', { params: { path: { id } } }));

export const retryDelivery = ({ service, id }: Named): Promise<Schemas['ReportDeliveryView']> =>
  take(eitherClient(service).POST('/v1/report-deliveries/{id}/retry', { params: { path: { id } } }));
