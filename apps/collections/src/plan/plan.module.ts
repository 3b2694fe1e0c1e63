import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { PaymentLedgerModule } from '../payment/payment.ledger.ts';
import { PromiseModule } from '../promise/promise.module.ts';
import { RecordingModule } from '../recording/recording.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { uploadModule } from '../uploads.ts';
import { AgreementService } from './agreement.service.ts';
import { PlanDesk } from './plan-desk.ts';
import { PlanDocumentService } from './plan-document.service.ts';
import { PlanHolds } from './plan-holds.ts';
import { PlanSettlement } from './plan-settlement.ts';
import { PlanSettlementStore } from './plan-settlement.store.ts';
import { PlanController } from './plan.controller.ts';
import { PlanService } from './plan.service.ts';
import { PlanStore } from './plan.store.ts';
import { RepaymentWork } from './plan.work.ts';

@Module({
  imports: [ActModule, ContactModule, PaymentLedgerModule, PromiseModule, RecordingModule, TaskModule, uploadModule],
  controllers: [PlanController],
  providers: [
    RepaymentWork,
    AgreementService,
    PlanDesk,
    PlanDocumentService,
    PlanHolds,
    PlanService,
    PlanSettlement,
    PlanSettlementStore,
    PlanStore,
  ],
  exports: [RepaymentWork, PlanService, PlanSettlement, PromiseModule],
})
export class PlanModule {}
