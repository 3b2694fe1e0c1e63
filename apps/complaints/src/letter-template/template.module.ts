import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { LetterService } from './letter.service.ts';
import { TemplateController } from './template.controller.ts';
import { TemplateService } from './template.service.ts';
import { TemplateStore } from './template.store.ts';

@Module({
  imports: [ApprovalModule, ComplaintModule],
  controllers: [TemplateController],
  providers: [TemplateService, TemplateStore, LetterService],
  exports: [TemplateService, LetterService],
})
export class LetterTemplateModule {}
