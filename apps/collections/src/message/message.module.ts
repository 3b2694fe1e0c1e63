import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { MessageController } from './message.controller.ts';
import { MessageService } from './message.service.ts';
import { MessageStore } from './message.store.ts';
import { TextScreeningService } from './screening.service.ts';
import { SettingController } from './setting.controller.ts';
import { SettingService } from './setting.service.ts';
import { SettingStore } from './setting.store.ts';

@Module({
  imports: [ActModule],
  controllers: [MessageController, SettingController],
  providers: [MessageService, MessageStore, SettingService, SettingStore, TextScreeningService],
  exports: [MessageService, SettingService],
})
export class MessageModule {}
