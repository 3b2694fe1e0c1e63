import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { ObjectionController } from './objection.controller.ts';
import { ObjectionDesk, ObjectionPens } from './objection.desk.ts';
import { ObjectionService } from './objection.service.ts';
import { ObjectionStore } from './objection.store.ts';

@Module({
  imports: [ActModule, CaseModule, ContactModule, TaskModule],
  controllers: [ObjectionController],
  providers: [ObjectionDesk, ObjectionPens, ObjectionService, ObjectionStore],
  exports: [ObjectionService],
})
export class ObjectionModule {}
