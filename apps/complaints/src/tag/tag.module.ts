import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { TagController } from './tag.controller.ts';
import { TagService } from './tag.service.ts';
import { TagStore } from './tag.store.ts';

@Module({
  imports: [ComplaintModule, TimelineModule],
  controllers: [TagController],
  providers: [TagService, TagStore],
  exports: [TagService],
})
export class TagModule {}
