import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { ApprovalModule } from '../approval/approval.module.ts';
import { RootCauseModule } from '../root-cause/root-cause.module.ts';
import { EffectService } from './effect.service.ts';
import { EffectStore } from './effect.store.ts';
import { RectificationController } from './rectification.controller.ts';
import { RectificationReading } from './rectification.reading.ts';
import { RectificationPens, RectificationService } from './rectification.service.ts';
import { RectificationStore } from './rectification.store.ts';

@Module({
  imports: [AftercareModule, ApprovalModule, RootCauseModule],
  controllers: [RectificationController],
  providers: [EffectService, EffectStore, RectificationPens, RectificationReading, RectificationService, RectificationStore],
  exports: [EffectService, RectificationService],
})
export class RectificationModule {}
