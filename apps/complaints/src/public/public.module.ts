import { Module } from '@nestjs/common';
import { AdditionModule } from '../addition/addition.module.ts';
import { ChannelModule } from '../channels/channel.module.ts';
import { ClockModule } from '../clock/clock.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { FileModule } from '../file/file.module.ts';
import { NoteModule } from '../note/note.module.ts';
import { uploadModule } from '../uploads.ts';
import { FormController } from './form.controller.ts';
import { FormReader } from './form-reader.ts';
import { GateService } from './gate.service.ts';
import { IntakeRooms, IntakeService } from './intake.service.ts';
import { PublicPages } from './public-pages.ts';
import { PublicStore } from './public.store.ts';
import { PublicWork } from './public.work.ts';
import { StatusController } from './status.controller.ts';
import { StatusRooms, StatusService } from './status.service.ts';

@Module({
  imports: [AdditionModule, ChannelModule, ClockModule, ComplaintModule, FileModule, NoteModule, uploadModule],
  controllers: [FormController, StatusController],
  providers: [FormReader, GateService, IntakeRooms, IntakeService, PublicPages, PublicStore, PublicWork, StatusRooms, StatusService],
  exports: [IntakeService, StatusService, PublicWork],
})
export class PublicModule {}
