import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { PromiseController } from './promise.controller.ts';
import { PromiseService } from './promise.service.ts';
import { PromiseSettlement } from './promise-settlement.ts';
import { PromiseStore } from './promise.store.ts';
import { RepaymentDesk } from './repayment-desk.ts';
import { RepaymentSettingController } from './repayment-setting.controller.ts';
import { RepaymentSettingService } from './repayment-setting.service.ts';
import { RepaymentSettingStore } from './repayment-setting.store.ts';

@Module({
  imports: [ActModule, CaseModule],
  controllers: [PromiseController, RepaymentSettingController],
  providers: [PromiseService, PromiseSettlement, PromiseStore, RepaymentDesk, RepaymentSettingService, RepaymentSettingStore],
  exports: [PromiseService, PromiseSettlement, RepaymentDesk],
})
export class PromiseModule {}
