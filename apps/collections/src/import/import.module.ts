import { Module } from '@nestjs/common';
import { UploadModule } from '../upload/upload.module.ts';
import { CaseImportStore } from './case-import.store.ts';
import { ImportController } from './import.controller.ts';
import { ImportRunner } from './import.runner.ts';
import { ImportService } from './import.service.ts';
import { ImportStore } from './import.store.ts';
import { LogImportStore } from './log-import.store.ts';

@Module({
  imports: [UploadModule],
  controllers: [ImportController],
  providers: [ImportService, ImportRunner, ImportStore, CaseImportStore, LogImportStore],
  exports: [ImportRunner, ImportStore],
})
export class ImportModule {}
