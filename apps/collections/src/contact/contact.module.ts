import { Module } from '@nestjs/common';
import { PolicyModule } from '../policy/policy.module.ts';
import { ContactController } from './contact.controller.ts';
import { ContactJobs } from './contact.jobs.ts';
import { ContactService } from './contact.service.ts';
import { ContactStore } from './contact.store.ts';
import { OutcomeService } from './outcome.service.ts';

@Module({
  imports: [PolicyModule],
  controllers: [ContactController],
  providers: [ContactService, OutcomeService, ContactStore, ContactJobs],
  exports: [ContactJobs],
})
export class ContactModule {}
