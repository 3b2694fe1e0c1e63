import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { HoldModule } from '../hold/hold.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { ClockController } from './clock.controller.ts';
import { ClockService } from './clock.service.ts';
import { EventController } from './event.controller.ts';
import { EventService } from './event.service.ts';

@Module({
  imports: [ComplaintModule, HoldModule, TimelineModule],
  controllers: [ClockController, EventController],
  providers: [ClockService, EventService],
  exports: [EventService],
})
export class ClockModule {}
