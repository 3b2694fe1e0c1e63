import { Module } from '@nestjs/common';
import { HoldModule } from '../hold/hold.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { ComplaintListStore } from './complaint-list.store.ts';
import { ComplaintController } from './complaint.controller.ts';
import { ComplaintService } from './complaint.service.ts';
import { ComplaintStore } from './complaint.store.ts';
import { LedgerService } from './ledger.service.ts';
import { LedgerStore } from './ledger.store.ts';
import { ListingService } from './listing.service.ts';
import { ReadingService } from './reading.service.ts';
import { RegistrationService } from './registration.service.ts';

@Module({
  imports: [HoldModule, TimelineModule],
  controllers: [ComplaintController],
  providers: [
    ComplaintService,
    ListingService,
    ReadingService,
    RegistrationService,
    LedgerService,
    ComplaintStore,
    ComplaintListStore,
    LedgerStore,
  ],
  exports: [ReadingService, RegistrationService, LedgerService],
})
export class ComplaintModule {}
