import { Module } from '@nestjs/common';
import { ActService } from './act.service.ts';
import { ActStore } from './act.store.ts';

@Module({ providers: [ActService, ActStore], exports: [ActService] })
export class ActModule {}
