import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { AssignmentModule } from '../assignment/assignment.module.ts';
import { ClassificationModule } from '../classification/classification.module.ts';
import { ClockModule } from '../clock/clock.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { TagModule } from '../tag/tag.module.ts';
import { BulkActs } from './bulk-acts.ts';
import { BulkController } from './bulk.controller.ts';
import { BulkDesk } from './bulk.desk.ts';
import { BulkRunner } from './bulk.runner.ts';
import { BulkService } from './bulk.service.ts';
import { BulkStore } from './bulk.store.ts';
import { BulkWork } from './bulk.work.ts';

@Module({
  imports: [ApprovalModule, AssignmentModule, ClassificationModule, ClockModule, ComplaintModule, TagModule],
  controllers: [BulkController],
  providers: [BulkActs, BulkDesk, BulkRunner, BulkService, BulkStore, BulkWork],
  exports: [BulkWork, BulkService],
})
export class BulkModule {}
