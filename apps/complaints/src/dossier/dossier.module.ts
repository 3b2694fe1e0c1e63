import { Module } from '@nestjs/common';
import { CaseLookupModule } from '../case-lookup/case-lookup.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { HoldModule } from '../hold/hold.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { DossierController } from './dossier.controller.ts';
import { DossierService } from './dossier.service.ts';
import { DossierStore } from './dossier.store.ts';
import { DossierWork } from './dossier.work.ts';
import { FileDesk } from './file.desk.ts';
import { ItemStore } from './item.store.ts';
import { KeepingService } from './keeping.service.ts';
import { OpeningModule } from './opening.module.ts';
import { ReaderService } from './reader.service.ts';
import { ScopeService } from './scope.service.ts';
import { ShowingService } from './showing.service.ts';
import { TellingService } from './telling.service.ts';

@Module({
  imports: [CaseLookupModule, ComplaintModule, HoldModule, OpeningModule, TimelineModule],
  controllers: [DossierController],
  providers: [
    DossierService,
    DossierStore,
    DossierWork,
    FileDesk,
    ItemStore,
    KeepingService,
    ReaderService,
    ScopeService,
    ShowingService,
    TellingService,
  ],
  exports: [DossierWork, ShowingService, TellingService],
})
export class DossierModule {}
