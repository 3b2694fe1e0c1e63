import { Module } from '@nestjs/common';
import { CareModule } from '../care/care.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { Caring } from './caring.ts';
import { NoteController } from './note.controller.ts';
import { NoteService } from './note.service.ts';
import { NoteStore } from './note.store.ts';
import { TimelineService } from './timeline.service.ts';
import { TimelineStore } from './timeline.store.ts';

@Module({
  imports: [CareModule, CaseModule, ContactModule],
  controllers: [NoteController],
  providers: [NoteService, NoteStore, TimelineService, TimelineStore, Caring],
  exports: [NoteService],
})
export class NoteModule {}
