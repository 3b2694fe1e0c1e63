import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { ReopeningController } from './reopening.controller.ts';
import { ReopeningService } from './reopening.service.ts';
import { ReopeningStore } from './reopening.store.ts';

@Module({
  imports: [AftercareModule, ComplaintModule],
  controllers: [ReopeningController],
  providers: [ReopeningService, ReopeningStore],
  exports: [ReopeningService],
})
export class ReopeningModule {}
