import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { SortingModule } from '../sorting/sorting.module.ts';
import { StageModule } from '../stage/stage.module.ts';
import { CalendarController } from './calendar.controller.ts';
import { CalendarPublisher } from './calendar.publisher.ts';
import { CalendarReading } from './calendar.reading.ts';
import { CalendarRunService } from './calendar-run.service.ts';
import { CalendarRunStore } from './calendar-run.store.ts';
import { CalendarService } from './calendar.service.ts';
import { CalendarStore } from './calendar.store.ts';
import { CalendarWork } from './calendar.work.ts';

@Module({
  imports: [ApprovalModule, ComplaintModule, SortingModule, StageModule],
  controllers: [CalendarController],
  providers: [CalendarService, CalendarReading, CalendarPublisher, CalendarRunService, CalendarWork, CalendarStore, CalendarRunStore],
  exports: [CalendarService, CalendarReading, CalendarRunService, CalendarWork],
})
export class CalendarModule {}
