import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { PromiseController } from './promise.controller.ts';
import { PromiseService } from './promise.service.ts';
import { PromiseStore } from './promise.store.ts';
import { RepaymentDesk } from './repayment-desk.ts';
import { RepaymentSettingStore } from './repayment-setting.store.ts';

@Module({
  imports: [ActModule, CaseModule],
  controllers: [PromiseController],
  providers: [PromiseService, PromiseStore, RepaymentDesk, RepaymentSettingStore],
  exports: [PromiseService, RepaymentDesk],
})
export class PromiseModule {}
