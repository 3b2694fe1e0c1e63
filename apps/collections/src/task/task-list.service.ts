import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { inTransaction } from '#pg';
import { isInstant, isUuid, decodeCursor, toPage, type Page } from '#wire';
import { reachOf } from './superiors.ts';
import type { TaskCounts, TaskCountsRequest, TaskListRequest, TaskView } from './task.dto.ts';
import { TaskDesk } from './task-desk.ts';
import type { Position } from './task-list.store.ts';
import { edgesOf, spanOf, toTaskView } from './task.view.ts';

const DEFAULT_LIMIT = 50;
const SEPARATOR = ' ';

const isPosition = (key: string): boolean => {
  const [at = '', id = '', ...rest] = key.split(SEPARATOR);
  return isInstant(at) && isUuid(id) && rest.length === 0;
};

function positionOf(cursor: string | undefined): Position | null {
  const key = decodeCursor(cursor, isPosition);
  if (key === null) return null;
  const [at = '', id = ''] = key.split(SEPARATOR);
  return { at: new Date(at), id };
}

/** What people have to do, as they may see it. */
@Injectable()
export class TaskListService {
  constructor(@Inject(TaskDesk) private readonly desk: TaskDesk) {}

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: TaskListRequest): Promise<Page<TaskView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = positionOf(request.cursor);
    const { whose = 'role', state = 'open', kind = null, caseId = null, agencyId = null } = request;
    const isDone = state === 'done';
    return inTransaction(this.desk.database, principal, async (tx) => {
      const now = await this.desk.now(tx);
      const filter = { whose, isDone, kind, caseId, agencyId, due: spanOf(request.due, now) };
      const records = await this.desk.store.list(tx, reachOf(principal), filter, after, limit);
      return toPage(
        records,
        limit,
        ({ id, dueAt, doneAt }) => [(isDone ? (doneAt ?? dueAt) : dueAt).toISOString(), id].join(SEPARATOR),
        (record) => toTaskView(record, principal, now),
      );
    });
  }

  /** Open ones, by how much time is left. */
  async counts(principal: Principal, { whose = 'role', ...filter }: TaskCountsRequest): Promise<TaskCounts> {
    const { kind = null, caseId = null, agencyId = null } = filter;
    return inTransaction(this.desk.database, principal, async (tx) =>
      this.desk.store.counts(tx, reachOf(principal), { whose, kind, caseId, agencyId }, edgesOf(await this.desk.now(tx))),
    );
  }
}
