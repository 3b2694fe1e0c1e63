import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { ClockModule } from '../clock/clock.module.ts';
import { MediationController } from './mediation.controller.ts';
import { MediationService } from './mediation.service.ts';
import { MediationStore } from './mediation.store.ts';

@Module({
  imports: [AftercareModule, ClockModule],
  controllers: [MediationController],
  providers: [MediationService, MediationStore],
  exports: [MediationService],
})
export class MediationModule {}
