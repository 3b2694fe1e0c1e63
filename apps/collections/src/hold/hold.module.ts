import { Module } from '@nestjs/common';
import { HoldService } from './hold.service.ts';
import { HoldStore } from './hold.store.ts';

@Module({ providers: [HoldService, HoldStore], exports: [HoldService] })
export class HoldModule {}
