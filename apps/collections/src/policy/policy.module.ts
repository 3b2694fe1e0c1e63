import { Module } from '@nestjs/common';
import { PolicyService } from './policy.service.ts';

@Module({ providers: [PolicyService], exports: [PolicyService] })
export class PolicyModule {}
