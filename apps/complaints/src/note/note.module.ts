import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DeskModule } from '../desk/desk.module.ts';
import { NotificationModule } from '../notification/notification.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { NoteController } from './note.controller.ts';
import { NoteDesk, NoteService } from './note.service.ts';
import { NoteStore } from './note.store.ts';

@Module({
  imports: [ComplaintModule, DeskModule, NotificationModule, TimelineModule],
  controllers: [NoteController],
  providers: [NoteService, NoteDesk, NoteStore],
  exports: [NoteService],
})
export class NoteModule {}
