import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { PartyController } from './party.controller.ts';
import { PartyService } from './party.service.ts';
import { PartyStore } from './party.store.ts';
import { PointService } from './point.service.ts';

@Module({
  imports: [ActModule, CaseModule, TaskModule],
  controllers: [PartyController],
  providers: [PartyService, PartyStore, PointService],
})
export class PartyModule {}
