import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { ApprovalModule } from '../approval/approval.module.ts';
import { RootCauseController } from './root-cause.controller.ts';
import { RootCauseService } from './root-cause.service.ts';
import { RootCauseStore } from './root-cause.store.ts';

@Module({
  imports: [AftercareModule, ApprovalModule],
  controllers: [RootCauseController],
  providers: [RootCauseService, RootCauseStore],
  exports: [RootCauseService],
})
export class RootCauseModule {}
