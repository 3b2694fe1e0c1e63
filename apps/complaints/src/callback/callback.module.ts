import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { ClockModule } from '../clock/clock.module.ts';
import { DispatchModule } from '../dispatch/dispatch.module.ts';
import { CallbackAnswering } from './callback.answering.ts';
import { CallbackController } from './callback.controller.ts';
import { CallbackPens } from './callback.pens.ts';
import { CallbackPlanService, CallbackSending } from './callback-plan.service.ts';
import { CallbackReading } from './callback.reading.ts';
import { CallbackService, CallbackTools } from './callback.service.ts';
import { CallbackStore } from './callback.store.ts';
import { CallbackWork } from './callback.work.ts';
import { SatisfactionController } from './satisfaction.controller.ts';
import { SatisfactionForm } from './satisfaction.form.ts';
import { SatisfactionService, SatisfactionTools } from './satisfaction.service.ts';

@Module({
  imports: [AftercareModule, ClockModule, DispatchModule],
  controllers: [CallbackController, SatisfactionController],
  providers: [
    CallbackAnswering,
    CallbackPens,
    CallbackPlanService,
    CallbackReading,
    CallbackSending,
    CallbackService,
    CallbackStore,
    CallbackTools,
    CallbackWork,
    SatisfactionForm,
    SatisfactionService,
    SatisfactionTools,
  ],
  exports: [CallbackPlanService, CallbackService, CallbackWork, SatisfactionService],
})
export class CallbackModule {}
