import { Module } from '@nestjs/common';
import { DeskModule } from '../desk/desk.module.ts';
import { HoldModule } from '../hold/hold.module.ts';
import { SearchModule } from '../search/search.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { ComplaintListStore } from './complaint-list.store.ts';
import { ComplaintController } from './complaint.controller.ts';
import { ComplaintService } from './complaint.service.ts';
import { ComplaintStore } from './complaint.store.ts';
import { HandingService } from './handing.service.ts';
import { LedgerService } from './ledger.service.ts';
import { LedgerStore } from './ledger.store.ts';
import { OpenLedgerStore } from './open-ledger.store.ts';
import { ListingService } from './listing.service.ts';
import { ReadingService } from './reading.service.ts';
import { RegistrationService } from './registration.service.ts';

@Module({
  imports: [DeskModule, HoldModule, SearchModule, TimelineModule],
  controllers: [ComplaintController],
  providers: [
    ComplaintService,
    ListingService,
    ReadingService,
    RegistrationService,
    LedgerService,
    HandingService,
    ComplaintStore,
    ComplaintListStore,
    LedgerStore,
    OpenLedgerStore,
  ],
  exports: [ReadingService, RegistrationService, LedgerService, HandingService, ListingService],
})
export class ComplaintModule {}
