import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { ClockModule } from '../clock/clock.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DecisionModule } from '../decision/decision.module.ts';
import { DispatchModule } from '../dispatch/dispatch.module.ts';
import { LetterTemplateModule } from '../letter-template/template.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { TellingController } from './telling.controller.ts';
import { TellingDesk } from './telling.desk.ts';
import { TellingService } from './telling.service.ts';
import { TellingShow } from './telling.show.ts';
import { TellingStore } from './telling.store.ts';
import { TellingWork } from './telling.work.ts';
import { TellingWriter } from './telling.writer.ts';
import { WaiverService } from './waiver.service.ts';

@Module({
  imports: [ApprovalModule, ClockModule, ComplaintModule, DecisionModule, DispatchModule, LetterTemplateModule, TimelineModule],
  controllers: [TellingController],
  providers: [TellingService, TellingDesk, TellingShow, TellingStore, TellingWriter, TellingWork, WaiverService],
  exports: [TellingService, TellingWork],
})
export class TellingModule {}
