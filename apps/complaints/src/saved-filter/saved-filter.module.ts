import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { SavedFilterController } from './saved-filter.controller.ts';
import { SavedFilterService } from './saved-filter.service.ts';
import { SavedFilterStore } from './saved-filter.store.ts';

@Module({
  imports: [ComplaintModule],
  controllers: [SavedFilterController],
  providers: [SavedFilterService, SavedFilterStore],
  exports: [SavedFilterService],
})
export class SavedFilterModule {}
