import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { DispatchController } from './dispatch.controller.ts';
import { DispatchPorts } from './dispatch.ports.ts';
import { DispatchSender } from './dispatch.sender.ts';
import { DispatchService } from './dispatch.service.ts';
import { DispatchStore } from './dispatch.store.ts';
import { DispatchTrail } from './dispatch.trail.ts';
import { DispatchWork } from './dispatch.work.ts';
import { DispatchReportService } from './report.service.ts';

@Module({
  imports: [ComplaintModule, TimelineModule],
  controllers: [DispatchController],
  providers: [DispatchService, DispatchSender, DispatchPorts, DispatchStore, DispatchTrail, DispatchReportService, DispatchWork],
  exports: [DispatchService, DispatchWork],
})
export class DispatchModule {}
