import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { ArrivalService } from './arrival.service.ts';
import { ArrivalStore } from './arrival.store.ts';
import { PaperService } from './paper.service.ts';
import { PaperStore } from './paper.store.ts';
import { SortingDesk } from './sorting.desk.ts';
import { SortingSettings } from './sorting-setting.service.ts';

@Module({
  imports: [ComplaintModule],
  providers: [SortingDesk, ArrivalService, ArrivalStore, SortingSettings, PaperService, PaperStore],
  exports: [SortingDesk, ArrivalService, SortingSettings, PaperService],
})
export class SortingModule {}
