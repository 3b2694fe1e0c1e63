import { Module } from '@nestjs/common';
import { PlanModule } from '../plan/plan.module.ts';
import { PromiseModule } from '../promise/promise.module.ts';
import { PaymentController } from './payment.controller.ts';
import { PaymentDesk } from './payment-desk.ts';
import { PaymentLedgerModule } from './payment.ledger.ts';
import { PaymentService } from './payment.service.ts';
import { PaymentStore } from './payment.store.ts';

@Module({
  imports: [PaymentLedgerModule, PlanModule, PromiseModule],
  controllers: [PaymentController],
  providers: [PaymentDesk, PaymentService, PaymentStore],
  exports: [PaymentService],
})
export class PaymentModule {}
