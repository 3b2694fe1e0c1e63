import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.ts';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { ChannelController } from './channel.controller.ts';
import { ChannelService } from './channel.service.ts';
import { ChannelStore } from './channel.store.ts';

@Module({
  imports: [ApprovalModule, ComplaintModule],
  controllers: [ChannelController],
  providers: [ChannelService, ChannelStore],
  exports: [ChannelService],
})
export class ChannelModule {}
