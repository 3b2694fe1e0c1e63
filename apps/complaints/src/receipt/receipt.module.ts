import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { ApprovalModule } from '../approval/approval.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { ReceiptController } from './receipt.controller.ts';
import { ReceiptService } from './receipt.service.ts';
import { ReceiptStore } from './receipt.store.ts';

@Module({
  imports: [AftercareModule, ApprovalModule, ComplaintModule],
  controllers: [ReceiptController],
  providers: [ReceiptService, ReceiptStore],
  exports: [ReceiptService],
})
export class ReceiptModule {}
