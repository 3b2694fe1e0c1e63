import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { EntrustmentModule } from '../entrustment/entrustment.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { CaseController } from './case.controller.ts';
import { CaseNotesService } from './case-notes.service.ts';
import { CaseService } from './case.service.ts';
import { CaseStore } from './case.store.ts';
import { HoldSettingService } from './hold-setting.service.ts';
import { PreferenceService } from './preference.service.ts';
import { ReferralService } from './referral.service.ts';
import { RegisterDesk } from './register-desk.ts';
import { CaseActController, RegisterController } from './register.controller.ts';
import { RegisterStore } from './register.store.ts';
import { StopService } from './stop.service.ts';

@Module({
  imports: [ActModule, ContactModule, EntrustmentModule],
  controllers: [CaseController, CaseActController, RegisterController],
  providers: [
    CaseService,
    CaseStore,
    RegisterDesk,
    RegisterStore,
    HoldSettingService,
    PreferenceService,
    CaseNotesService,
    ReferralService,
    StopService,
  ],
  exports: [CaseService, HoldSettingService, ReferralService, RegisterDesk, StopService],
})
export class CaseModule {}
