import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { ClockModule } from '../clock/clock.module.ts';
import { DispatchModule } from '../dispatch/dispatch.module.ts';
import { DuplicateController } from './duplicate.controller.ts';
import { DuplicateService } from './duplicate.service.ts';
import { DuplicateStore } from './duplicate.store.ts';
import { MergeTelling } from './merge-telling.ts';
import { MergingService } from './merging.service.ts';

@Module({
  imports: [AftercareModule, ClockModule, DispatchModule],
  controllers: [DuplicateController],
  providers: [DuplicateService, MergingService, MergeTelling, DuplicateStore],
  exports: [DuplicateService, MergingService],
})
export class DuplicateModule {}
