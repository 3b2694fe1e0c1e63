import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { FindingController } from './finding.controller.ts';
import { FindingDesk } from './finding.desk.ts';
import { FindingService } from './finding.service.ts';
import { FindingStore } from './finding.store.ts';

@Module({
  imports: [ActModule, TaskModule],
  controllers: [FindingController],
  providers: [FindingService, FindingDesk, FindingStore],
  exports: [FindingService],
})
export class FindingModule {}
