import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DeskModule } from '../desk/desk.module.ts';
import { AssignmentController } from './assignment.controller.ts';
import { AssignmentRuleService } from './assignment-rule.service.ts';
import { AssignmentDesk, AssignmentService } from './assignment.service.ts';
import { AssignmentStore } from './assignment.store.ts';
import { SuggestionService } from './suggestion.service.ts';

@Module({
  imports: [ComplaintModule, DeskModule],
  controllers: [AssignmentController],
  providers: [AssignmentService, AssignmentRuleService, AssignmentDesk, SuggestionService, AssignmentStore],
  exports: [AssignmentService, AssignmentRuleService],
})
export class AssignmentModule {}
