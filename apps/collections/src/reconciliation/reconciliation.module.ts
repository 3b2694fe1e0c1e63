import { Module } from '@nestjs/common';
import { Intake } from '../lookback/lookback.service.ts';
import { uploadModule } from '../uploads.ts';
import { ReconciliationController } from './reconciliation.controller.ts';
import { ReconciliationRunner } from './reconciliation.runner.ts';
import { ReconciliationService } from './reconciliation.service.ts';
import { ReconciliationStore } from './reconciliation.store.ts';
import { SourceService } from './source.service.ts';
import { SourceStore } from './source.store.ts';

@Module({
  imports: [uploadModule],
  controllers: [ReconciliationController],
  providers: [Intake, ReconciliationService, ReconciliationRunner, ReconciliationStore, SourceService, SourceStore],
  exports: [ReconciliationRunner],
})
export class ReconciliationModule {}
