import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { ConsequenceService } from './consequence.service.ts';
import { ListingService } from './listing.service.ts';
import { PublicationStore } from './publication.store.ts';
import { StandingService } from './standing.service.ts';
import { StandingStore } from './standing.store.ts';
import { StandingWork } from './standing.work.ts';
import { TakeBackService } from './take-back.service.ts';
import { TakeBackStore } from './take-back.store.ts';

@Module({
  imports: [ActModule, ContactModule, TaskModule],
  providers: [
    StandingService,
    StandingStore,
    ConsequenceService,
    ListingService,
    PublicationStore,
    TakeBackService,
    TakeBackStore,
    StandingWork,
  ],
  // With the service that takes permits back, for whoever changes what permits hang on.
  exports: [StandingService, ListingService, TakeBackService, StandingWork, ContactModule],
})
export class StandingModule {}
