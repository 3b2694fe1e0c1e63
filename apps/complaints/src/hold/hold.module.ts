import { Module } from '@nestjs/common';
import { TimelineModule } from '../timeline/timeline.module.ts';
import { OpeningModule } from '../dossier/opening.module.ts';
import { HoldService } from './hold.service.ts';
import { HoldStore } from './hold.store.ts';

@Module({ imports: [OpeningModule, TimelineModule], providers: [HoldService, HoldStore], exports: [HoldService] })
export class HoldModule {}
