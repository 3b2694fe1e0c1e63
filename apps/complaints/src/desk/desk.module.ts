import { Module } from '@nestjs/common';
import { DeskAdminService } from './desk-admin.service.ts';
import { DeskController } from './desk.controller.ts';
import { DeskService } from './desk.service.ts';
import { DeskStore } from './desk.store.ts';
import { RecusalService } from './recusal.service.ts';

@Module({
  controllers: [DeskController],
  providers: [DeskService, DeskAdminService, RecusalService, DeskStore],
  exports: [DeskService, DeskAdminService, RecusalService],
})
export class DeskModule {}
