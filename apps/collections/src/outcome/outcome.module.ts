import { Module } from '@nestjs/common';
import { CareModule } from '../care/care.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { ObjectionModule } from '../objection/objection.module.ts';
import { PromiseModule } from '../promise/promise.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { WorklistModule } from '../worklist/worklist.module.ts';
import { AfterContact } from './after-contact.ts';
import { OutcomeController } from './outcome.controller.ts';
import { OutcomeStore } from './outcome.store.ts';
import { OutcomeReportService } from './report.service.ts';
import { SpecialService } from './special.service.ts';

@Module({
  imports: [CareModule, CaseModule, ContactModule, ObjectionModule, PromiseModule, TaskModule, WorklistModule],
  controllers: [OutcomeController],
  providers: [OutcomeReportService, OutcomeStore, SpecialService, AfterContact],
})
export class OutcomeModule {}
