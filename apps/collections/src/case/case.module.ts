import { Module } from '@nestjs/common';
import { CaseController } from './case.controller.ts';
import { CaseService } from './case.service.ts';
import { CaseStore } from './case.store.ts';

@Module({ controllers: [CaseController], providers: [CaseService, CaseStore], exports: [CaseService] })
export class CaseModule {}
