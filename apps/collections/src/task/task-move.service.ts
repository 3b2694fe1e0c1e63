import { Inject, Injectable } from '@nestjs/common';
import type { Principal, Role } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import { INVALID, Refusal } from '#problem';
import { NoticeService } from '../notice/notice.service.ts';
import { kindOf } from './kinds.ts';
import { SUPERIOR } from './superiors.ts';
import type { CompletionRequest, ExtensionRequest, HandOverRequest, TaskWithHistory } from './task.dto.ts';
import { CLOSED_BY_ROOM, NOT_SUPERVISOR, NOT_YOUR_TASK, TASK_DONE, TASK_TAKEN } from './task.refusals.ts';
import { resourceOf, TaskDesk } from './task-desk.ts';
import type { TaskRecord } from './task-list.store.ts';
import { TaskMoveStore } from './task-move.store.ts';
import { mayComplete, mayExtend, mayHandOver, mayTake } from './task.view.ts';

const HOUR_MS = 3_600_000;

/** What a person does with a task: takes it, hands it over, says that it is done, gives it more time. */
@Injectable()
export class TaskMoveService {
  constructor(
    @Inject(TaskDesk) private readonly desk: TaskDesk,
    @Inject(TaskMoveStore) private readonly store: TaskMoveStore,
    @Inject(NoticeService) private readonly notices: NoticeService,
  ) {}

  /** One of those who ask gets it. Refuses with NOT_FOUND, TASK_DONE, TASK_TAKEN, NOT_YOUR_TASK, IDEMPOTENCY_KEY_REUSED. */
  take(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<TaskWithHistory> {
    return this.desk.change(principal, id, idempotency, async (tx, task, now) => {
      requireOpen(task);
      if (task.person === principal.subject) return;
      requireFree(task);
      if (!mayTake(principal, task)) throw notYours(task);
      await this.store.assign(tx, task.id, { role: task.role, person: principal.subject });
      await this.desk.acts.note(tx, principal, { action: 'task-taken', resource: resourceOf(task.id) }, now);
    });
  }

  /** To a person, back to the role, or up. Refuses with NOT_FOUND, TASK_DONE, TASK_TAKEN, NOT_YOUR_TASK, INVALID, IDEMPOTENCY_KEY_REUSED. */
  handOver(principal: Principal, id: string, request: HandOverRequest, idempotency: IdempotentRequest | null): Promise<TaskWithHistory> {
    return this.desk.change(principal, id, idempotency, async (tx, task, now) => {
      requireOpen(task);
      if (!mayHandOver(principal, task)) throw task.person === null ? notYours(task) : taken();
      const role = request.role ?? task.role;
      const person = request.person?.trim() ? request.person.trim() : null;
      requireWay(task, role);
      if (role === task.role && person === task.person) throw invalid('/person', 'has it already; name somebody else, or leave it out');
      await this.store.assign(tx, task.id, { role, person });
      const detail = { fromPerson: task.person, toPerson: person, fromRole: task.role, toRole: role };
      await this.desk.acts.note(
        tx,
        principal,
        { action: 'task-handed-over', resource: resourceOf(task.id), detail, reason: request.reason },
        now,
      );
      if (person !== principal.subject) {
        const to = person === null ? { recipient: null, recipientRole: role } : { recipient: person, recipientRole: null };
        const { agencyId, dueAt } = task;
        const { institutionId } = principal;
        await this.notices.raise(tx, [{ institutionId, kind: 'task-handed-over', task: task.id, agencyId, dueAt, ...to }], now);
      }
    });
  }

  /** Refuses with NOT_FOUND, TASK_DONE, TASK_TAKEN, CLOSED_BY_ROOM, NOT_YOUR_TASK, IDEMPOTENCY_KEY_REUSED. */
  complete(principal: Principal, id: string, request: CompletionRequest, idempotency: IdempotentRequest | null): Promise<TaskWithHistory> {
    return this.desk.change(principal, id, idempotency, async (tx, task, now) => {
      requireOpen(task);
      if (kindOf(task.kind)?.closedBy === 'room')
        throw new Refusal(CLOSED_BY_ROOM, { detail: 'Do the work itself where it is done; the task ends with it.' });
      if (!mayComplete(principal, task)) throw task.person === null ? notYours(task) : taken();
      const { outcome, note } = request;
      await this.store.complete(tx, task.id, { by: principal.subject, outcome, at: now });
      await this.desk.acts.note(
        tx,
        principal,
        { action: 'task-completed', resource: resourceOf(task.id), detail: { outcome }, reason: note },
        now,
      );
    });
  }

  /** More time, by somebody who stands above; the due time before stays on record. Refuses with NOT_FOUND, TASK_DONE, NOT_SUPERVISOR, INVALID, IDEMPOTENCY_KEY_REUSED. */
  extend(principal: Principal, id: string, request: ExtensionRequest, idempotency: IdempotentRequest | null): Promise<TaskWithHistory> {
    return this.desk.change(principal, id, idempotency, async (tx, task, now) => {
      requireOpen(task);
      if (!mayExtend(principal, task))
        throw new Refusal(NOT_SUPERVISOR, { detail: 'Ask somebody of the role above, who does not have the task.' });
      const dueAt = new Date(request.dueAt);
      requireLater(task, dueAt, now);
      await this.store.extend(tx, task.id, { dueAt, by: principal.subject, at: now });
      const detail = { from: task.dueAt.toISOString(), to: dueAt.toISOString() };
      await this.desk.acts.note(
        tx,
        principal,
        { action: 'task-extended', resource: resourceOf(task.id), detail, reason: request.reason },
        now,
      );
    });
  }
}

const taken = (): Refusal => new Refusal(TASK_TAKEN, { detail: 'Ask whoever has it, or a supervisor, to hand it over.' });
const notYours = ({ role }: TaskRecord): Refusal => new Refusal(NOT_YOUR_TASK, { detail: `It is for the role ${role}.` });
const invalid = (pointer: string, detail: string, source?: string): Refusal =>
  new Refusal(INVALID, { errors: [{ pointer, detail, ...(source !== undefined && { source }) }] });

function requireOpen(task: TaskRecord): void {
  if (task.doneAt !== null) throw new Refusal(TASK_DONE, { detail: 'There is nothing left to do.' });
}

function requireFree(task: TaskRecord): void {
  if (task.person !== null) throw taken();
}

/** It stays with its role or goes to the one above: nobody below gets what is not theirs to decide. */
function requireWay(task: TaskRecord, role: string): void {
  const superior = SUPERIOR[task.role as Role];
  if (role !== task.role && role !== superior)
    throw invalid('/role', `must be ${[task.role, ...(superior === null ? [] : [superior])].join(' or ')}`);
}

function requireLater(task: TaskRecord, dueAt: Date, now: Date): void {
  if (dueAt <= task.dueAt || dueAt <= now) throw invalid('/dueAt', 'must be later than the present due time, and than now');
  const most = kindOf(task.kind)?.most;
  const last = most && new Date(task.openedAt.getTime() + most.hours * HOUR_MS);
  if (last && dueAt > last) throw invalid('/dueAt', `must not be after ${last.toISOString()}: ${most.hours} hours at most`, most.source);
}
