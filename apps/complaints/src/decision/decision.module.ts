import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { ClockModule } from '../clock/clock.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { LetterTemplateModule } from '../letter-template/template.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { DecisionLetterService } from './decision-letter.service.ts';
import { DecisionController } from './decision.controller.ts';
import { DecisionDesk } from './decision.desk.ts';
import { DecisionService } from './decision.service.ts';
import { DecisionShow } from './decision.show.ts';
import { DecisionStore } from './decision.store.ts';
import { DecisionWork } from './decision.work.ts';
import { DirectDecisionService } from './direct.service.ts';
import { MatrixController } from './matrix.controller.ts';
import { MatrixService } from './matrix.service.ts';
import { MatrixStore } from './matrix.store.ts';
import { VerdictService } from './verdict.service.ts';

@Module({
  imports: [ApprovalModule, ClockModule, ComplaintModule, LetterTemplateModule, TimelineModule],
  controllers: [DecisionController, MatrixController],
  providers: [
    DecisionService,
    DecisionDesk,
    DecisionShow,
    DecisionStore,
    DecisionWork,
    DecisionLetterService,
    DirectDecisionService,
    VerdictService,
    MatrixService,
    MatrixStore,
  ],
  exports: [DecisionService, DecisionLetterService, DecisionWork, DirectDecisionService],
})
export class DecisionModule {}
