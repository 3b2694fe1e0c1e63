import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { DebtorController } from './debtor.controller.ts';
import { DebtorPens, DebtorService } from './debtor.service.ts';
import { DebtorChangeStore } from './debtor.store.ts';
import { Merging } from './merging.ts';
import { MergingStore } from './merging.store.ts';

@Module({
  imports: [ActModule, ContactModule, TaskModule],
  controllers: [DebtorController],
  providers: [DebtorChangeStore, DebtorPens, DebtorService, Merging, MergingStore],
})
export class DebtorModule {}
