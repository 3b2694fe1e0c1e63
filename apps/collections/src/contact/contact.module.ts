import { Module } from '@nestjs/common';
import { PolicyModule } from '../policy/policy.module.ts';
import { ContactController } from './contact.controller.ts';
import { ContactJobs } from './contact.jobs.ts';
import { ContactStore } from './contact.store.ts';
import { EvaluationService } from './evaluation.service.ts';
import { GateService } from './gate.service.ts';
import { GateStore } from './gate.store.ts';
import { OutcomeService } from './outcome.service.ts';
import { RevocationService } from './revocation.service.ts';
import { RevocationStore } from './revocation.store.ts';

@Module({
  imports: [PolicyModule],
  controllers: [ContactController],
  providers: [EvaluationService, GateService, OutcomeService, RevocationService, GateStore, ContactStore, RevocationStore, ContactJobs],
  exports: [ContactJobs, GateService, OutcomeService, RevocationService],
})
export class ContactModule {}
