import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { MessageController } from './message.controller.ts';
import { MessageService } from './message.service.ts';
import { MessageStore } from './message.store.ts';

@Module({ imports: [ActModule], controllers: [MessageController], providers: [MessageService, MessageStore], exports: [MessageService] })
export class MessageModule {}
