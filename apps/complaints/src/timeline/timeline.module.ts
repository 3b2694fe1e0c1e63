import { Module } from '@nestjs/common';
import { TimelineService } from './timeline.service.ts';
import { TimelineStore } from './timeline.store.ts';

@Module({ providers: [TimelineService, TimelineStore], exports: [TimelineService] })
export class TimelineModule {}
