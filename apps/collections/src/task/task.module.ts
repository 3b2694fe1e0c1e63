import { Module } from '@nestjs/common';
import { TaskService } from './task.service.ts';
import { TaskStore } from './task.store.ts';

@Module({ providers: [TaskService, TaskStore], exports: [TaskService] })
export class TaskModule {}
