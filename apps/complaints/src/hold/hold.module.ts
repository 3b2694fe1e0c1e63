import { Module } from '@nestjs/common';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { HoldService } from './hold.service.ts';
import { HoldStore } from './hold.store.ts';

@Module({ imports: [TimelineModule], providers: [HoldService, HoldStore], exports: [HoldService] })
export class HoldModule {}
