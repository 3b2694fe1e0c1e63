import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { uploadModule } from '../uploads.ts';
import { FileController } from './file.controller.ts';
import { FileDesk } from './file.desk.ts';
import { FileService } from './file.service.ts';
import { FileStore } from './file.store.ts';
import { ComplaintFileWork } from './file.work.ts';
import { ScanModule } from './scan.module.ts';
import { ScanService } from './scan.service.ts';

@Module({
  imports: [ComplaintModule, TimelineModule, ScanModule, uploadModule],
  controllers: [FileController],
  providers: [FileDesk, FileService, FileStore, ScanService, ComplaintFileWork],
  exports: [FileService, ComplaintFileWork],
})
export class FileModule {}
