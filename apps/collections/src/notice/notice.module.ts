import { Module } from '@nestjs/common';
import { NoticeController } from './notice.controller.ts';
import { NoticeService } from './notice.service.ts';
import { NoticeStore } from './notice.store.ts';

@Module({ controllers: [NoticeController], providers: [NoticeService, NoticeStore], exports: [NoticeService] })
export class NoticeModule {}
