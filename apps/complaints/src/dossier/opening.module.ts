import { Module } from '@nestjs/common';
import { OpeningService } from './opening.service.ts';
import { OpeningStore } from './opening.store.ts';

@Module({ providers: [OpeningService, OpeningStore], exports: [OpeningService] })
export class OpeningModule {}
