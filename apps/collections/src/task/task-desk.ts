import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import { ActService } from '../act/act.service.ts';
import { reachOf } from './superiors.ts';
import type { TaskWithHistory } from './task.dto.ts';
import { toHistory, toTaskView } from './task.view.ts';
import { TaskListStore, type TaskRecord } from './task-list.store.ts';

const MOST_ACTS = 200;

export const resourceOf = (id: string): string => `task/${id}`;

/** The one shape of every look at a task and every change of it. */
@Injectable()
export class TaskDesk {
  constructor(
    @Inject(DataSource) readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TaskListStore) readonly store: TaskListStore,
    @Inject(ActService) readonly acts: ActService,
  ) {}

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  /** Refuses with NOT_FOUND, also for one that is out of the person's reach. */
  async find(principal: Principal, id: string): Promise<TaskWithHistory> {
    return inTransaction(this.database, principal, async (tx) =>
      this.show(tx, principal, isUuid(id) ? await this.store.find(tx, reachOf(principal), id) : null),
    );
  }

  /** Carries the work out once per key, on the task as it stands now, and shows what it is then. Refuses with NOT_FOUND, IDEMPOTENCY_KEY_REUSED, and as the work does. */
  async change(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, task: TaskRecord, now: Date) => Promise<void>,
  ): Promise<TaskWithHistory> {
    return inTransaction(this.database, principal, async (tx) => {
      const { institutionId } = principal;
      // Whoever has done something with it sees what came of it, also where it is another's now.
      const result = async (): Promise<TaskWithHistory> => this.show(tx, principal, await this.store.findAny(tx, institutionId, id));
      if (await claimKey(tx, institutionId, idempotency)) return result();
      const task = isUuid(id) ? await this.store.lock(tx, reachOf(principal), id) : null;
      if (task === null) throw notFound();
      await work(tx, task, await this.now(tx));
      await rememberResource(tx, institutionId, idempotency, task.id);
      return result();
    });
  }

  private async show(tx: Tx, principal: Principal, task: TaskRecord | null): Promise<TaskWithHistory> {
    if (task === null) throw notFound();
    const { institutionId } = principal;
    const acts = await this.acts.list(tx, { institutionId, of: { resource: resourceOf(task.id) }, after: null, limit: MOST_ACTS });
    return { ...toTaskView(task, principal, await this.now(tx)), history: toHistory(acts.slice(0, MOST_ACTS)) };
  }
}

const notFound = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such task for you.' });
