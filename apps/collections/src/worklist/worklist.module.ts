import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { CaseWorkService } from './case-work.service.ts';
import { NextService } from './next.service.ts';
import { StrategyService } from './strategy.service.ts';
import { StrategyStore } from './strategy.store.ts';
import { WorkStore } from './work.store.ts';
import { WorklistController } from './worklist.controller.ts';
import { WorklistRefresh } from './worklist.refresh.ts';
import { WorklistService } from './worklist.service.ts';
import { WorklistWork } from './worklist.work.ts';

@Module({
  imports: [ActModule, CaseModule, ContactModule],
  controllers: [WorklistController],
  providers: [WorklistWork, CaseWorkService, NextService, StrategyService, WorklistService, WorklistRefresh, StrategyStore, WorkStore],
  exports: [WorklistWork, CaseWorkService, WorklistRefresh],
})
export class WorklistModule {}
