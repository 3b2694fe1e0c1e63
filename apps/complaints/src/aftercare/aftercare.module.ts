import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { AfterDeadlineService } from './after-deadline.service.ts';
import { AfterDeadlineStore } from './after-deadline.store.ts';
import { AfterDesk } from './aftercare.desk.ts';
import { AftercareWork } from './aftercare.work.ts';
import { InvolvementService } from './involvement.service.ts';
import { InvolvementStore } from './involvement.store.ts';

/** What the rooms after the decision have in common: one shape of a write, due dates, who had a part. */
@Module({
  imports: [ComplaintModule, TimelineModule],
  providers: [AfterDesk, AfterDeadlineService, AfterDeadlineStore, AftercareWork, InvolvementService, InvolvementStore],
  exports: [AfterDesk, AfterDeadlineService, AftercareWork, InvolvementService],
})
export class AftercareModule {}
