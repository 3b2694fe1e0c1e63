import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { FindingService } from './finding.service.ts';
import { FindingStore } from './finding.store.ts';
import { RebuildService, RebuildStores } from './rebuild.service.ts';
import { RebuildStore } from './rebuild.store.ts';
import { SearchController } from './search.controller.ts';
import { SearchModule } from './search.module.ts';
import { SearchWork } from './search.work.ts';

@Module({
  imports: [ComplaintModule, SearchModule],
  controllers: [SearchController],
  providers: [FindingService, FindingStore, RebuildService, RebuildStores, RebuildStore, SearchWork],
  exports: [SearchWork],
})
export class FindingModule {}
