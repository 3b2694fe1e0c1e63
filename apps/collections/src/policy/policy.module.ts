import { Module } from '@nestjs/common';
import { PackController } from './pack.controller.ts';
import { PackService } from './pack.service.ts';
import { PolicyService } from './policy.service.ts';
import { PolicyStore } from './policy.store.ts';

@Module({ controllers: [PackController], providers: [PackService, PolicyService, PolicyStore], exports: [PolicyService] })
export class PolicyModule {}
