import { Module } from '@nestjs/common';
import { PolicyModule } from '../policy/policy.module.ts';
import { uploadModule } from '../uploads.ts';
import { ScreeningController } from './screening.controller.ts';
import { ScreeningIntake } from './screening.intake.ts';
import { ScreeningRunner, ScreeningSite } from './screening.runner.ts';
import { ScreeningRuns } from './screening.runs.ts';
import { ScreeningService } from './screening.service.ts';
import { ScreeningStore } from './screening.store.ts';

@Module({
  imports: [PolicyModule, uploadModule],
  controllers: [ScreeningController],
  providers: [ScreeningService, ScreeningIntake, ScreeningRuns, ScreeningRunner, ScreeningSite, ScreeningStore],
  exports: [ScreeningRunner],
})
export class ScreeningModule {}
