import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { ReopeningModule } from '../reopening/reopening.module.ts';
import { ReviewController } from './review.controller.ts';
import { ReviewReading } from './review.reading.ts';
import { ReviewService } from './review.service.ts';
import { ReviewStore } from './review.store.ts';

@Module({
  imports: [AftercareModule, ReopeningModule],
  controllers: [ReviewController],
  providers: [ReviewReading, ReviewService, ReviewStore],
  exports: [ReviewService],
})
export class ReviewModule {}
