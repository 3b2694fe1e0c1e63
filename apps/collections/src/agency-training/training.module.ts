import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { AgencyModule } from '../agency/agency.module.ts';
import { DocumentModule } from '../agency-document/document.module.ts';
import { TrainingController } from './training.controller.ts';
import { TrainingService } from './training.service.ts';
import { TrainingStore } from './training.store.ts';

@Module({
  imports: [ActModule, AgencyModule, DocumentModule],
  controllers: [TrainingController],
  providers: [TrainingService, TrainingStore],
})
export class TrainingModule {}
