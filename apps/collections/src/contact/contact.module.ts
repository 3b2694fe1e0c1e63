import { Module } from '@nestjs/common';
import { PolicyModule } from '../policy/policy.module.ts';
import { ContactController } from './contact.controller.ts';
import { ContactJobs } from './contact.jobs.ts';
import { ContactStore } from './contact.store.ts';
import { EvaluationService } from './evaluation.service.ts';
import { GateService } from './gate.service.ts';
import { GateStore } from './gate.store.ts';
import { LookService } from './look.service.ts';
import { OutcomeService } from './outcome.service.ts';
import { RevocationService } from './revocation.service.ts';
import { RevocationStore } from './revocation.store.ts';
import { Stopping } from './stopping.ts';

@Module({
  imports: [PolicyModule],
  controllers: [ContactController],
  providers: [
    EvaluationService,
    GateService,
    LookService,
    OutcomeService,
    RevocationService,
    GateStore,
    ContactStore,
    RevocationStore,
    ContactJobs,
    Stopping,
  ],
  exports: [ContactJobs, GateService, LookService, OutcomeService, RevocationService, Stopping],
})
export class ContactModule {}
