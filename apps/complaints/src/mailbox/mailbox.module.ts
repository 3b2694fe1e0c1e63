import { Module } from '@nestjs/common';
import { AdditionModule } from '../addition/addition.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { DispatchModule } from '../dispatch/dispatch.module.ts';
import { uploadModule } from '../uploads.ts';
import { MailboxAddressService } from './address.service.ts';
import { MailDesk } from './mail-desk.ts';
import { MailReader } from './mail-reader.ts';
import { MailboxController } from './mailbox.controller.ts';
import { MailboxService } from './mailbox.service.ts';
import { MailboxStore } from './mailbox.store.ts';
import { MailboxWork } from './mailbox.work.ts';
import { ReceivingService } from './receiving.service.ts';
import { MailSorting } from './sorting.service.ts';

@Module({
  imports: [AdditionModule, ComplaintModule, DispatchModule, uploadModule],
  controllers: [MailboxController],
  providers: [MailboxAddressService, MailDesk, MailReader, MailboxService, MailboxStore, MailboxWork, MailSorting, ReceivingService],
  exports: [MailboxAddressService, MailboxService, MailboxWork, MailSorting, ReceivingService],
})
export class MailboxModule {}
