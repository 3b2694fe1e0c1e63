import { Module } from '@nestjs/common';
import { PolicyService } from './policy.service.ts';
import { PolicyStore } from './policy.store.ts';

@Module({ providers: [PolicyService, PolicyStore], exports: [PolicyService] })
export class PolicyModule {}
