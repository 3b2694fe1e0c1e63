import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { TaskDueService } from './task-due.service.ts';

@Injectable()
export class TaskWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(TaskDueService) private readonly due: TaskDueService,
  ) {}

  get clockwork() {
    return [{ name: 'tasks.due', everyMs: this.config.tasksEveryMs, run: () => this.due.tellOfDue() }];
  }
}
