import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DeskModule } from '../desk/desk.module.ts';
import { InboxController } from './inbox.controller.ts';
import { InboxService } from './inbox.service.ts';
import { InboxStore } from './inbox.store.ts';

@Module({ imports: [ComplaintModule, DeskModule], controllers: [InboxController], providers: [InboxService, InboxStore] })
export class InboxModule {}
