import { Module } from '@nestjs/common';
import { FileModule } from '../file/file.module.ts';
import { NotificationModule } from '../notification/notification.module.ts';
import { SearchModule } from '../search/search.module.ts';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { AdditionService } from './addition.service.ts';

@Module({
  imports: [FileModule, NotificationModule, SearchModule, TimelineModule],
  providers: [AdditionService],
  exports: [AdditionService],
})
export class AdditionModule {}
