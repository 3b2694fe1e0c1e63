import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { AgencyModule } from '../agency/agency.module.ts';
import { uploadModule } from '../uploads.ts';
import { DocumentController } from './document.controller.ts';
import { DocumentService } from './document.service.ts';
import { DocumentStore } from './document.store.ts';

@Module({
  imports: [ActModule, AgencyModule, uploadModule],
  controllers: [DocumentController],
  providers: [DocumentService, DocumentStore],
  exports: [DocumentService],
})
export class DocumentModule {}
