import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { DeliveryModule } from '../delivery/delivery.module.ts';
import { MessageModule } from '../message/message.module.ts';
import { ReminderController } from './reminder.controller.ts';
import { ReminderRun } from './reminder.run.ts';
import { ReminderService } from './reminder.service.ts';
import { ReminderStore } from './reminder.store.ts';
import { ReminderWork } from './reminder.work.ts';

@Module({
  imports: [ActModule, DeliveryModule, MessageModule],
  controllers: [ReminderController],
  providers: [ReminderService, ReminderStore, ReminderRun, ReminderWork],
  exports: [ReminderRun, ReminderWork],
})
export class ReminderModule {}
