import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { SortingModule } from '../sorting/sorting.module.ts';
import { uploadModule } from '../uploads.ts';
import { CodeTableController } from './code-table.controller.ts';
import { CodeTableService } from './code-table.service.ts';
import { CodeTableStore } from './code-table.store.ts';

@Module({
  imports: [SortingModule, ApprovalModule, uploadModule],
  controllers: [CodeTableController],
  providers: [CodeTableService, CodeTableStore],
  exports: [CodeTableService],
})
export class CodeTableModule {}
