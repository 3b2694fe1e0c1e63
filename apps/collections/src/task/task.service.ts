import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '#auth';
import type { Tx } from '#pg';
import { TASK_KINDS, type TaskKindName } from './kinds.ts';
import { TaskStore } from './task.store.ts';

export interface NewTask {
  readonly kind: TaskKindName;
  /** As an act names it: `agency/agency-a`, `case/C000001`, `plan/<uuid>`. */
  readonly resource: string;
  /** The case in whose view it stands; our id. */
  readonly caseUuid?: string;
  /** The agency whose people see it too. */
  readonly agencyId?: string | null;
  /** Left out: that of the kind. */
  readonly role?: Role;
  readonly person?: string;
  /** Left out: the institution's limit for the kind, else the product's, from `at`. */
  readonly dueAt?: Date;
  /** What its words are made of, without personal data. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What somebody has to do by a time. Rooms open tasks and end them in the transaction of what they are about. */
@Injectable()
export class TaskService {
  constructor(@Inject(TaskStore) private readonly store: TaskStore) {}

  /** Opens a task; one that is open for the same kind and resource stays as it is. */
  async open(tx: Tx, institutionId: string, task: NewTask, at: Date): Promise<void> {
    await this.openAll(tx, institutionId, [task], at);
  }

  async openAll(tx: Tx, institutionId: string, tasks: readonly NewTask[], at: Date): Promise<void> {
    if (tasks.length === 0) return;
    const rows = tasks.map((task) => {
      const { role, limitHours } = TASK_KINDS[task.kind];
      return { ...task, role: task.role ?? role, limitHours };
    });
    await this.store.open(tx, institutionId, rows, at);
  }

  /** Ends the open task of this kind and resource, if there is one; whether there was. */
  async close(
    tx: Tx,
    institutionId: string,
    task: { readonly kind: TaskKindName; readonly resource: string },
    { by, outcome, at }: { readonly by: string; readonly outcome: string; readonly at: Date },
  ): Promise<boolean> {
    return this.store.close(tx, institutionId, task, { by, outcome, at });
  }
}
