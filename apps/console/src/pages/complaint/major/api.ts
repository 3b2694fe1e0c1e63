import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call about major complaints that reads, and the one that is no POST. All of them throw Problem.

type Schemas = components['schemas'];
export type MajorItem = Schemas['MajorItem'];
export type MajorView = Schemas['MajorView'];
export type MajorStep = Schemas['MajorStepView'];
export type MajorReport = Schemas['MajorReportView'];
export type Counts = Schemas['MajorCounts'];
export type AlarmItem = Schemas['AlarmItem'];
export type AlarmView = Schemas['AlarmView'];
export type SettingVersion = Schemas['SettingVersion'];
export type SettingsBody = Schemas['MajorSettingsRequest'];

/** Of every query here: whatever is done about a complaint or a matter reads them again. */
export const MAJOR = ['complaints', 'major'] as const;
export const MAJOR_KINDS = ['group', 'disaster', 'accident', 'public-health', 'designated', 'surge'] as const;
export const STEP_ROLES = [
  'complaint-handler',
  'complaint-supervisor',
  'compliance',
  'head-office-approver',
  'collections-manager',
] as const;

export const MAJOR_FILTERS = ['open', 'over', 'drills'] as const;
export type MajorFilter = (typeof MAJOR_FILTERS)[number];

const of = (id: string) => ({ params: { path: { id } } });
const paged = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

export const listMajor = (filter: MajorFilter, cursor: string | undefined, signal: AbortSignal) => {
  const states = { open: { state: 'open' }, over: { state: 'ended' }, drills: {} } as const;
  const query = { drill: filter === 'drills', ...states[filter], ...paged(cursor) };
  return take(complaints.GET('/v1/major-complaints', { params: { query }, signal }));
};
export const findMajor = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/major-complaints/{id}', { ...of(id), signal }));
export const countMajor = (signal: AbortSignal) => take(complaints.GET('/v1/major-figures', { signal }));
export const ofComplaint = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/complaints/{id}/major', { ...of(id), signal }));
export const listAlarms = (state: AlarmItem['state'] | 'all', cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/major-alarms', { params: { query: { ...(state !== 'all' && { state }), ...paged(cursor) } }, signal }));
export const findAlarm = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/major-alarms/{id}', { ...of(id), signal }));
export const findSettings = (signal: AbortSignal) => take(complaints.GET('/v1/major-settings', { signal }));
export const putSettings = (body: SettingsBody) => take(complaints.PUT('/v1/major-settings', { body }));
export const putRegion = (id: string, region: string) =>
  take(complaints.PUT('/v1/complaints/{id}/region', { ...of(id), body: { region } }));

export const reportAddress = (id: string, reportId: string): string => `/api/complaints/v1/major-complaints/${id}/reports/${reportId}/file`;
