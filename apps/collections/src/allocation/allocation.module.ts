import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { EntrustmentModule } from '../entrustment/entrustment.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { AllocationController, OrderController } from './allocation.controller.ts';
import { AllocationDesk } from './allocation.desk.ts';
import { AllocationRunner } from './allocation.runner.ts';
import { AllocationOrders, AllocationRuns } from './allocation.runs.ts';
import { AllocationService } from './allocation.service.ts';
import { AllocationStore } from './allocation.store.ts';
import { AllocationLineStore } from './line.store.ts';
import { OrderRunner, OrderTables } from './order.runner.ts';
import { OrderParts, OrderService } from './order.service.ts';
import { AllocationWork } from './allocation.work.ts';

@Module({
  imports: [ActModule, EntrustmentModule, TaskModule],
  controllers: [AllocationController, OrderController],
  providers: [
    AllocationWork,
    AllocationDesk,
    AllocationLineStore,
    AllocationOrders,
    AllocationRunner,
    AllocationRuns,
    AllocationService,
    AllocationStore,
    OrderParts,
    OrderRunner,
    OrderService,
    OrderTables,
  ],
  exports: [AllocationWork, AllocationRunner, OrderRunner],
})
export class AllocationModule {}
