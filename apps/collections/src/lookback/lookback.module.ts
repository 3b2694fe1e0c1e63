import { Module } from '@nestjs/common';
import { PolicyModule } from '../policy/policy.module.ts';
import { uploadModule } from '../uploads.ts';
import { LookbackController } from './lookback.controller.ts';
import { LookbackRegister } from './lookback.register.ts';
import { Given, LookbackRunner } from './lookback.runner.ts';
import { Intake, LookbackService } from './lookback.service.ts';
import { LookbackStore } from './lookback.store.ts';

@Module({
  imports: [PolicyModule, uploadModule],
  controllers: [LookbackController],
  providers: [LookbackService, Intake, Given, LookbackRunner, LookbackRegister, LookbackStore],
  exports: [LookbackRunner, LookbackRegister],
})
export class LookbackModule {}
