import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Role } from '#auth';
import { Clock } from '#clock';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { NoticeService } from '../notice/notice.service.ts';
import { SUPERIOR } from './superiors.ts';
import { TaskDueStore, type DueTask } from './task-due.store.ts';

const BATCH = 500;

/** Reminds of what is due soon and tells the role above of what is late, each once for a due time, however late the worker comes to it. */
@Injectable()
export class TaskDueService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TaskDueStore) private readonly store: TaskDueStore,
    @Inject(NoticeService) private readonly notices: NoticeService,
  ) {}

  async tellOfDue(): Promise<void> {
    while ((await this.inBatch((tx, now) => this.remind(tx, now))) === BATCH);
    while ((await this.inBatch((tx, now) => this.escalate(tx, now))) === BATCH);
  }

  private async inBatch(work: (tx: Tx, now: Date) => Promise<number>): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) =>
      work(tx, this.clock.override ?? (await databaseNow(tx))),
    );
  }

  private async remind(tx: Tx, now: Date): Promise<number> {
    const due = await this.store.remind(tx, now, BATCH);
    await this.notices.raise(
      tx,
      due.map((task) => ({ kind: 'task-due-soon' as const, ...holder(task), ...about(task) })),
      now,
    );
    return due.length;
  }

  private async escalate(tx: Tx, now: Date): Promise<number> {
    const late = await this.store.escalate(tx, now, BATCH);
    const told = late.flatMap((task) => {
      const superior = superiorOf(task);
      const toHolder = { kind: 'task-overdue' as const, ...holder(task), ...about(task) };
      if (superior === null) return [toHolder];
      return [toHolder, { kind: 'task-escalated' as const, recipient: null, recipientRole: superior, ...about(task) }];
    });
    await this.notices.raise(tx, told, now);
    return late.length;
  }
}

const about = ({ id, institutionId, agencyId, dueAt }: DueTask) => ({ task: id, institutionId, agencyId, dueAt });

/** Whoever has it, else everybody of its role. */
const holder = ({ person, role }: DueTask) =>
  person === null ? { recipient: null, recipientRole: role } : { recipient: person, recipientRole: null };

/** The bank's own collectors have no supervisor of an agency above them. */
function superiorOf({ role, agencyId }: DueTask): Role | null {
  const superior = SUPERIOR[role as Role];
  return superior === 'agency-supervisor' && agencyId === null ? SUPERIOR[superior] : superior;
}
