import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { TagModule } from '../tag/tag.module.ts';
import { uploadModule } from '../uploads.ts';
import { ExportController } from './export.controller.ts';
import { ExportRooms } from './export.rooms.ts';
import { ExportRunner } from './export.runner.ts';
import { ExportService } from './export.service.ts';
import { ExportStore } from './export.store.ts';
import { ExportWork } from './export.work.ts';

@Module({
  imports: [ComplaintModule, TagModule, uploadModule],
  controllers: [ExportController],
  providers: [ExportRooms, ExportRunner, ExportService, ExportStore, ExportWork],
  exports: [ExportWork],
})
export class ExportModule {}
