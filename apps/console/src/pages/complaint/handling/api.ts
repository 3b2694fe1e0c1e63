import { queryOptions } from '@tanstack/react-query';
import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call of the pages of handling. All of them throw Problem.

type Schemas = components['schemas'];
export type Suggestion = Schemas['SuggestionView'];
export type StageTrack = Schemas['StageTrack'];
export type StageEntry = Schemas['StageEntryView'];
export type Task = Schemas['TaskView'];
export type Note = Schemas['NoteView'];
export type Unit = Schemas['UnitView'];
export type Member = Schemas['MemberView'];
export type DeskChange = Schemas['DeskChange'];
export type Rule = Schemas['AssignmentRuleView'];
export type Limit = Schemas['LimitView'];
export type StagePunctuality = Schemas['StagePunctualityView'];
export type StagePunctualityRow = Schemas['StagePunctualityRow'];
export type CooperationRow = Schemas['CooperationRow'];

export const STAGES = ['first-contact', 'investigation', 'draft', 'approval'] as const;
export const DISCLOSED = ['subject', 'narrative', 'requests', 'account', 'complainant-name', 'complainant-contact'] as const;
export const PARTS = ['area', 'cause', 'channel', 'language', 'load'] as const;
export const UNIT_KINDS = ['head-office', 'branch', 'department'] as const;
export const BY = ['person', 'unit', 'stage'] as const;

const REFRESH_MS = 30_000;
const PER_PAGE = 50;
const at = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

// Below `complaints`: whatever is done to a complaint asks for all of it again.
export const suggestionQuery = (id: string) =>
  queryOptions({
    queryKey: ['complaints', 'suggestion', id],
    queryFn: ({ signal }) => take(complaints.GET('/v1/complaints/{id}/assignment-suggestion', { params: { path: { id } }, signal })),
  });

export const assignTo = (id: string, body: Schemas['AssignmentRequest']) =>
  take(complaints.POST('/v1/complaints/{id}/assignment', { body, params: { path: { id } } }));

export const stagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['complaints', 'stages', id],
    queryFn: ({ signal }) => take(complaints.GET('/v1/complaints/{id}/stages', { params: { path: { id } }, signal })),
    refetchInterval: REFRESH_MS,
  });

export const moveStage = (id: string, body: Schemas['StageMoveRequest'], key: string) =>
  take(complaints.POST('/v1/complaints/{id}/stage-moves', { body, params: at(id, key) }));

export const tasksQuery = (id: string) =>
  queryOptions({
    queryKey: ['complaints', 'tasks', id],
    queryFn: ({ signal }) => take(complaints.GET('/v1/complaints/{id}/tasks', { params: { path: { id } }, signal })),
    refetchInterval: REFRESH_MS,
  });

export const askTask = (id: string, body: Schemas['TaskRequest'], key: string) =>
  take(complaints.POST('/v1/complaints/{id}/tasks', { body, params: at(id, key) }));
export const answerTask = (id: string, body: Schemas['AnswerRequest'], key: string) =>
  take(complaints.POST('/v1/work-tasks/{id}/answer', { body, params: at(id, key) }));
export const returnTask = (id: string, body: Schemas['ReturnRequest'], key: string) =>
  take(complaints.POST('/v1/work-tasks/{id}/return', { body, params: at(id, key) }));
export const acceptTask = (id: string, key: string) => take(complaints.POST('/v1/work-tasks/{id}/acceptance', { params: at(id, key) }));
export const cancelTask = (id: string, body: Schemas['CancellationRequest'], key: string) =>
  take(complaints.POST('/v1/work-tasks/{id}/cancellation', { body, params: at(id, key) }));

export const taskFilesQuery = (id: string) =>
  queryOptions({
    queryKey: ['complaints', 'task-files', id],
    queryFn: ({ signal }) => take(complaints.GET('/v1/work-tasks/{id}/files', { params: { path: { id } }, signal })),
  });
export const taskFileUrl = (id: string): string => `/api/complaints/v1/work-tasks/${id}/files`;

export interface TaskFilter {
  readonly state?: Task['state'];
  readonly overdue?: boolean;
  readonly all?: boolean;
}

export const listTasks = (filter: TaskFilter, cursor: string | undefined, signal: AbortSignal) =>
  take(
    complaints.GET('/v1/work-tasks', {
      params: { query: { ...filter, limit: PER_PAGE, ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );

export const listNotes = (id: string, cursor: string | undefined, signal: AbortSignal) =>
  take(
    complaints.GET('/v1/complaints/{id}/notes', {
      params: { path: { id }, query: { limit: PER_PAGE, ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );
export const addNote = (id: string, body: Schemas['NoteRequest'], key: string) =>
  take(complaints.POST('/v1/complaints/{id}/notes', { body, params: at(id, key) }));
export const editNote = (id: string, body: Schemas['NoteEditRequest'], key: string) =>
  take(complaints.POST('/v1/complaint-notes/{id}/versions', { body, params: at(id, key) }));
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['complaints', 'note-versions', id],
    queryFn: ({ signal }) => take(complaints.GET('/v1/complaint-notes/{id}/versions', { params: { path: { id } }, signal })),
  });

export const unitsQuery = queryOptions({
  queryKey: ['desk', 'units'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/desk-units', { signal })),
});
export const membersQuery = (all: boolean) =>
  queryOptions({
    queryKey: ['desk', 'members', all],
    queryFn: ({ signal }) => take(complaints.GET('/v1/desk-members', { params: { query: { ...(all && { all }) } }, signal })),
  });
export const putUnit = (code: string, body: Schemas['UnitRequest']) =>
  take(complaints.PUT('/v1/desk-units/{code}', { body, params: { path: { code } } }));
export const putMember = (subject: string, body: Schemas['MemberRequest']) =>
  take(complaints.PUT('/v1/desk-members/{subject}', { body, params: { path: { subject } } }));
export const addAbsence = (subject: string, body: Schemas['AbsenceRequest'], key: string) =>
  take(complaints.POST('/v1/desk-members/{subject}/absences', { body, params: { path: { subject }, header: { 'Idempotency-Key': key } } }));
export const cancelAbsence = (id: string) => take(complaints.POST('/v1/desk-absences/{id}/cancellation', { params: { path: { id } } }));
export const handOver = (subject: string, body: Schemas['HandoverRequest'], key: string) =>
  take(complaints.POST('/v1/desk-members/{subject}/handover', { body, params: { path: { subject }, header: { 'Idempotency-Key': key } } }));
export const listChanges = (cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/desk-changes', { params: { query: { limit: PER_PAGE, ...(cursor !== undefined && { cursor }) } }, signal }));

export const ruleQuery = queryOptions({
  queryKey: ['desk', 'rule'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/assignment-rule', { signal })),
});
export const setRule = (body: Schemas['AssignmentRuleRequest']) => take(complaints.PUT('/v1/assignment-rule', { body }));

export const limitsQuery = queryOptions({
  queryKey: ['desk', 'stage-limits'],
  queryFn: ({ signal }) => take(complaints.GET('/v1/stage-limits', { signal })),
});
export const setLimits = (body: Schemas['StageLimitsRequest']) => take(complaints.PUT('/v1/stage-limits', { body }));

export interface Period {
  readonly from: string;
  readonly to: string;
}
export const punctualityQuery = (query: Period & { readonly by: (typeof BY)[number] }) =>
  queryOptions({
    queryKey: ['desk', 'punctuality', query],
    queryFn: ({ signal }) => take(complaints.GET('/v1/stage-punctuality', { params: { query }, signal })),
  });
export const cooperationQuery = (query: Period) =>
  queryOptions({
    queryKey: ['desk', 'cooperation', query],
    queryFn: ({ signal }) => take(complaints.GET('/v1/work-cooperation', { params: { query }, signal })),
  });
