import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { uploadModule } from '../uploads.ts';
import { BondService } from './bond.service.ts';
import { BondStore } from './bond.store.ts';
import { KeepingService } from './keeping.service.ts';
import { ListeningService } from './listening.service.ts';
import { RecordingController } from './recording.controller.ts';
import { RecordingService } from './recording.service.ts';
import { RecordingStore } from './recording.store.ts';
import { RecordingWork } from './recording.work.ts';

@Module({
  imports: [ActModule, CaseModule, uploadModule],
  controllers: [RecordingController],
  providers: [RecordingWork, RecordingService, ListeningService, KeepingService, RecordingStore, BondService, BondStore],
  exports: [RecordingWork, RecordingService, ListeningService, KeepingService, BondService],
})
export class RecordingModule {}
