import { take } from '../../api/client.ts';
import type { components } from '../../api/complaints.d.ts';
import { KINDS, pageQuery, type Audience, type Format, type Kind, type PageOf, type PdfLanguage } from './api.ts';
import { eitherClient, type Service } from '../../api/service.ts';

type View = components['schemas']['ReportScheduleView'];
export type Frequency = View['frequency'];
export const FREQUENCIES: readonly Frequency[] = ['monthly', 'quarterly', 'yearly'];

/** When a kind of report is made by itself, and the service that makes it. */
export interface Schedule extends Omit<View, 'kind'> {
  readonly kind: Kind;
  readonly service: Service;
}

export interface NewSchedule {
  readonly kind: Kind;
  readonly frequency: Frequency;
  readonly formats: Format[];
  readonly audience: Audience;
  readonly language: PdfLanguage;
  readonly timeZone: string;
  readonly delayDays: number;
}

/** What of a schedule may be changed; the rest makes another schedule of it. */
export type ScheduleChange = Pick<NewSchedule, 'formats' | 'language' | 'timeZone' | 'delayDays'>;

export async function listSchedules(service: Service, cursor: string | undefined, signal: AbortSignal): Promise<PageOf<Schedule>> {
  const { items, nextCursor } = await take(
    eitherClient(service).GET('/v1/report-schedules', { params: { query: pageQuery(cursor) }, signal }),
  );
  return { items: items.map((item) => ({ ...item, kind: item.kind as Kind, service })), nextCursor };
}

export function createSchedule({ kind, ...rest }: NewSchedule, key: string): Promise<View> {
  const body = { ...rest, kind: kind as 'complaint-timeliness' };
  const params = { header: { 'Idempotency-Key': key } };
  return take(eitherClient(KINDS[kind].service).POST('/v1/report-schedules', { body, params }));
}

type Named = Pick<Schedule, 'service' | 'id'>;

export const changeSchedule = ({ service, id }: Named, body: ScheduleChange): Promise<View> =>
  take(eitherClient(service).PATCH('/v1/report-schedules/{id}', { params: { path: { id } }, body }));

export const pauseSchedule = ({ service, id }: Named): Promise<View> =>
  take(eitherClient(service).POST('/v1/report-schedules/{id}/pause', { params: { path: { id } } }));

export const resumeSchedule = ({ service, id }: Named, makeUp: boolean): Promise<View> =>
  take(eitherClient(service).POST('/v1/report-schedules/{id}/resumption', { params: { path: { id } }, body: { makeUp } }));

export const endSchedule = ({ service, id }: Named): Promise<View> =>
  take(eitherClient(service).DELETE('/v1/report-schedules/{id}', { params: { path: { id } } }));
