import { Module } from '@nestjs/common';
import { DeadlineJobs } from './deadline.jobs.ts';
import { DeadlineStore } from './deadline.store.ts';

@Module({ providers: [DeadlineJobs, DeadlineStore], exports: [DeadlineJobs] })
export class DeadlineModule {}
