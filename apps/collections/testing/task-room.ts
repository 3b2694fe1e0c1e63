import type { Tx } from '#pg';
import { inTransaction } from '#pg';
import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { NoticeService } from '../src/notice/notice.service.ts';
import { NoticeStore } from '../src/notice/notice.store.ts';
import { PunctualityService } from '../src/task/punctuality.service.ts';
import { PunctualityStore } from '../src/task/punctuality.store.ts';
import { TaskDesk } from '../src/task/task-desk.ts';
import { TaskDueService } from '../src/task/task-due.service.ts';
import { TaskDueStore } from '../src/task/task-due.store.ts';
import { TaskLimitService } from '../src/task/task-limit.service.ts';
import { TaskLimitStore } from '../src/task/task-limit.store.ts';
import { TaskListService } from '../src/task/task-list.service.ts';
import { TaskListStore } from '../src/task/task-list.store.ts';
import { TaskMoveService } from '../src/task/task-move.service.ts';
import { TaskMoveStore } from '../src/task/task-move.store.ts';
import { TaskService, type NewTask } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import { BANK, type Stage } from './stage.ts';

/** The room of tasks on a stage. */
export class TaskRoom {
  readonly service = new TaskService(new TaskStore());
  readonly desk: TaskDesk;
  readonly list: TaskListService;
  readonly moves: TaskMoveService;
  readonly limits: TaskLimitService;
  readonly punctuality: PunctualityService;
  readonly notices: NoticeService;
  readonly due: TaskDueService;

  constructor(readonly stage: Stage) {
    const { source, clock, vault } = stage;
    this.notices = new NoticeService(source, clock, new NoticeStore());
    this.desk = new TaskDesk(source, clock, new TaskListStore(), new ActService(new ActStore(), vault));
    this.list = new TaskListService(this.desk);
    this.moves = new TaskMoveService(this.desk, new TaskMoveStore(), this.notices);
    this.limits = new TaskLimitService(this.desk, new TaskLimitStore());
    this.punctuality = new PunctualityService(this.desk, new PunctualityStore());
    this.due = new TaskDueService(source, clock, new TaskDueStore(), this.notices);
  }

  /** Opens a task now and tells its id. */
  async open(task: NewTask, institutionId = BANK): Promise<string> {
    const { stage, service } = this;
    return inTransaction(stage.source, { institutionId }, async (tx: Tx) => {
      await service.open(tx, institutionId, task, stage.clock.override);
      const [row] = await tx.query<{ id: string }>(
        'select id from task where institution_id = $1 and kind = $2 and resource = $3 and done_at is null',
        [institutionId, task.kind, task.resource],
      );
      if (!row) throw new Error('it is not open');
      return row.id;
    });
  }
}
