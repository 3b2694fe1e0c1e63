import { Module } from '@nestjs/common';
import { CodeTableModule } from '../code-table/code-table.module.ts';
import { MajorModule } from '../major/major.module.ts';
import { SortingModule } from '../sorting/sorting.module.ts';
import { AlarmController } from './alarm.controller.ts';
import { AlarmService } from './alarm.service.ts';
import { AlarmStore } from './alarm.store.ts';
import { SurgeJobs, SurgeWork } from './surge.jobs.ts';

@Module({
  imports: [MajorModule, SortingModule, CodeTableModule],
  controllers: [AlarmController],
  providers: [AlarmService, AlarmStore, SurgeJobs, SurgeWork],
  exports: [AlarmService, SurgeJobs, SurgeWork],
})
export class SurgeModule {}
