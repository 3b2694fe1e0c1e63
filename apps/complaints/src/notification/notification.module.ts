import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { NotificationController } from './notification.controller.ts';
import { NotificationService } from './notification.service.ts';
import { TellingService } from './telling.service.ts';
import { NotificationStore } from './notification.store.ts';

@Module({
  imports: [ComplaintModule],
  controllers: [NotificationController],
  providers: [NotificationService, NotificationStore, TellingService],
  exports: [TellingService],
})
export class NotificationModule {}
