import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { ActEntry } from '../act/act.service.ts';
import { kindOf, type TaskKindName } from './kinds.ts';
import { isOfRole, standsAbove } from './superiors.ts';
import type { Bucket, Move, TaskAct, TaskView } from './task.dto.ts';
import type { TaskRecord } from './task-list.store.ts';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const zone = Zone.of(DEFAULT_TIME_ZONE);
const local = (at: Date): string => zone.format(at.getTime());
const localOrNull = (at: Date | null): string | null => at && local(at);

/** Where the buckets of due times meet. */
export const edgesOf = (now: Date) => ({
  now,
  day: new Date(now.getTime() + DAY_MS),
  week: new Date(now.getTime() + WEEK_DAYS * DAY_MS),
});

export function spanOf(bucket: Bucket | undefined, at: Date): { readonly from: Date | null; readonly before: Date | null } {
  const { now, day, week } = edgesOf(at);
  const spans = {
    overdue: { from: null, before: now },
    day: { from: now, before: day },
    week: { from: day, before: week },
    later: { from: week, before: null },
  } as const satisfies Record<Bucket, object>;
  return bucket === undefined ? { from: null, before: null } : spans[bucket];
}

function bucketOf(due: Date, at: Date): Bucket {
  const { now, day, week } = edgesOf(at);
  if (due < now) return 'overdue';
  if (due < day) return 'day';
  return due < week ? 'week' : 'later';
}

export const mayTake = (principal: Principal, task: TaskRecord): boolean => task.person === null && isOfRole(principal, task);
/** Who has it, anybody of the role while nobody has it, and whoever stands above. */
export const mayHandOver = (principal: Principal, task: TaskRecord): boolean =>
  task.person === principal.subject || mayTake(principal, task) || standsAbove(principal.roles, task.role as Principal['roles'][number]);
export const mayComplete = (principal: Principal, task: TaskRecord): boolean =>
  kindOf(task.kind)?.closedBy !== 'room' && (task.person === principal.subject || mayTake(principal, task));
/** Nobody moves the due time of what is his own to do. */
export const mayExtend = (principal: Principal, task: TaskRecord): boolean =>
  task.person !== principal.subject && standsAbove(principal.roles, task.role as Principal['roles'][number]);

function movesOf(principal: Principal, task: TaskRecord): Move[] {
  if (task.doneAt !== null) return [];
  const may: readonly [Move, boolean][] = [
    ['take', mayTake(principal, task)],
    ['hand-over', mayHandOver(principal, task)],
    ['complete', mayComplete(principal, task)],
    ['extend', mayExtend(principal, task)],
  ];
  return may.filter(([, is]) => is).map(([move]) => move);
}

export function toTaskView(task: TaskRecord, principal: Principal, now: Date): TaskView {
  const { dueAt, doneAt } = task;
  return {
    id: task.id,
    kind: task.kind as TaskKindName,
    resource: task.resource,
    caseId: task.caseId,
    agencyId: task.agencyId,
    role: task.role,
    person: task.person,
    detail: task.detail,
    openedAt: local(task.openedAt),
    dueAt: local(dueAt),
    firstDueAt: localOrNull(task.firstDueAt),
    due: doneAt === null ? bucketOf(dueAt, now) : null,
    late: (doneAt ?? now) > dueAt,
    remindedAt: localOrNull(task.remindedAt),
    escalatedAt: localOrNull(task.escalatedAt),
    doneAt: localOrNull(doneAt),
    doneBy: task.doneBy,
    outcome: task.outcome,
    moves: movesOf(principal, task),
  };
}

export const toHistory = (acts: readonly ActEntry[]): TaskAct[] =>
  acts.map(({ action, at, by, detail, reason }) => ({ action, at: local(at), by, detail, reason }));
