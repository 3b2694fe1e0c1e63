import { Module } from '@nestjs/common';
import { CaseModule } from '../case/case.module.ts';
import { ContactModule } from '../contact/contact.module.ts';
import { MessageModule } from '../message/message.module.ts';
import { DeliveryController } from './delivery.controller.ts';
import { DeliveryDesk } from './delivery.desk.ts';
import { DeliveryMail } from './delivery.mail.ts';
import { DeliveryPorts } from './delivery.ports.ts';
import { DeliveryReferral } from './delivery.referral.ts';
import { DeliverySender } from './delivery.sender.ts';
import { DeliveryService } from './delivery.service.ts';
import { DeliveryStore } from './delivery.store.ts';
import { DeliveryWords } from './delivery.words.ts';
import { DeliveryWork } from './delivery.work.ts';
import { PreviewService } from './preview.service.ts';
import { ReportService } from './report.service.ts';
import { ReportStore } from './report.store.ts';

@Module({
  imports: [CaseModule, ContactModule, MessageModule],
  controllers: [DeliveryController],
  providers: [
    PreviewService,
    DeliveryService,
    DeliveryDesk,
    DeliveryMail,
    DeliveryPorts,
    DeliveryReferral,
    DeliverySender,
    DeliveryStore,
    DeliveryWords,
    DeliveryWork,
    ReportService,
    ReportStore,
  ],
  exports: [DeliveryService, DeliverySender, DeliveryWork],
})
export class DeliveryModule {}
