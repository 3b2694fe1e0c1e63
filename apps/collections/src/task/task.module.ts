import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { NoticeModule } from '../notice/notice.module.ts';
import { PunctualityService } from './punctuality.service.ts';
import { PunctualityStore } from './punctuality.store.ts';
import { SupervisionController } from './supervision.controller.ts';
import { TaskController } from './task.controller.ts';
import { TaskDesk } from './task-desk.ts';
import { TaskDueService } from './task-due.service.ts';
import { TaskDueStore } from './task-due.store.ts';
import { TaskLimitService } from './task-limit.service.ts';
import { TaskLimitStore } from './task-limit.store.ts';
import { TaskListService } from './task-list.service.ts';
import { TaskListStore } from './task-list.store.ts';
import { TaskMoveService } from './task-move.service.ts';
import { TaskMoveStore } from './task-move.store.ts';
import { TaskService } from './task.service.ts';
import { TaskStore } from './task.store.ts';
import { TaskWork } from './task.work.ts';

@Module({
  imports: [ActModule, NoticeModule],
  controllers: [TaskController, SupervisionController],
  providers: [
    TaskWork,
    TaskService,
    TaskStore,
    TaskDesk,
    TaskListService,
    TaskListStore,
    TaskMoveService,
    TaskMoveStore,
    TaskLimitService,
    TaskLimitStore,
    PunctualityService,
    PunctualityStore,
    TaskDueService,
    TaskDueStore,
  ],
  exports: [TaskWork, TaskService, TaskDueService],
})
export class TaskModule {}
