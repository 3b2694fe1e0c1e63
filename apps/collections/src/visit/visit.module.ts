import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { uploadModule } from '../uploads.ts';
import { PhotoService } from './photo.service.ts';
import { StepsService } from './steps.service.ts';
import { VisitController } from './visit.controller.ts';
import { VisitService } from './visit.service.ts';
import { VisitStore } from './visit.store.ts';

@Module({
  imports: [ActModule, CaseModule, ContactModule, uploadModule],
  controllers: [VisitController],
  providers: [VisitService, StepsService, PhotoService, VisitStore],
  exports: [VisitService],
})
export class VisitModule {}
