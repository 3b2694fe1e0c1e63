import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { SortingModule } from '../sorting/sorting.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { BadFaithController } from './bad-faith.controller.ts';
import { BadFaithListService } from './bad-faith-list.service.ts';
import { BadFaithRoom } from './bad-faith.room.ts';
import { BadFaithService } from './bad-faith.service.ts';
import { BadFaithStore } from './bad-faith.store.ts';
import { BadFaithJobs, BadFaithWork } from './bad-faith.work.ts';
import { JudgementStore } from './judgement.store.ts';
import { ScoringService } from './scoring.service.ts';

@Module({
  imports: [ComplaintModule, SortingModule, ApprovalModule, TimelineModule],
  controllers: [BadFaithController],
  providers: [
    BadFaithService,
    BadFaithListService,
    BadFaithRoom,
    BadFaithStore,
    JudgementStore,
    ScoringService,
    BadFaithJobs,
    BadFaithWork,
  ],
  exports: [BadFaithService, BadFaithJobs, BadFaithWork],
})
export class BadFaithModule {}
