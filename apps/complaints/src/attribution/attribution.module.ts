import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DossierModule } from '../dossier/dossier.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { AttributionController } from './attribution.controller.ts';
import { AttributionDesk } from './attribution.desk.ts';
import { AttributionService } from './attribution.service.ts';
import { AttributionStore } from './attribution.store.ts';

@Module({
  imports: [ApprovalModule, ComplaintModule, DossierModule, TimelineModule],
  controllers: [AttributionController],
  providers: [AttributionDesk, AttributionService, AttributionStore],
})
export class AttributionModule {}
