import { Module } from '@nestjs/common';
import { ActService } from './act.service.ts';
import { ActStore } from './act.store.ts';
import { ReadService } from './read.service.ts';

@Module({ providers: [ActService, ActStore, ReadService], exports: [ActService, ReadService] })
export class ActModule {}
