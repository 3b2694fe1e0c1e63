import { Module } from '@nestjs/common';
import { RecordingModule } from '../recording/recording.module.ts';
import { DisclosureController } from './disclosure.controller.ts';
import { DisclosureService } from './disclosure.service.ts';
import { DisclosureWork } from './disclosure.work.ts';
import { FileStore } from './file.store.ts';
import { ItemsStore } from './items.store.ts';
import { LookupService } from './lookup.service.ts';
import { LookupStore } from './lookup.store.ts';

@Module({
  imports: [RecordingModule],
  controllers: [DisclosureController],
  providers: [DisclosureService, DisclosureWork, LookupService, FileStore, ItemsStore, LookupStore],
  exports: [DisclosureService, DisclosureWork],
})
export class DisclosureModule {}
