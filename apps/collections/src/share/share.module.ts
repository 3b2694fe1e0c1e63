import { Module } from '@nestjs/common';
import { ShareController } from './share.controller.ts';
import { ShareService } from './share.service.ts';
import { ShareStore } from './share.store.ts';

@Module({ controllers: [ShareController], providers: [ShareService, ShareStore] })
export class ShareModule {}
