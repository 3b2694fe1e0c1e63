import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { ApprovalController } from './approval.controller.ts';
import { ApprovalService } from './approval.service.ts';
import { ApprovalStore } from './approval.store.ts';

@Module({
  imports: [ComplaintModule],
  controllers: [ApprovalController],
  providers: [ApprovalService, ApprovalStore],
  exports: [ApprovalService],
})
export class ApprovalModule {}
