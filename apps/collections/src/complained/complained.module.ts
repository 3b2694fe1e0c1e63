import { Module } from '@nestjs/common';
import { CaseModule } from '../case/case.module.ts';
import { ComplainedController } from './complained.controller.ts';
import { ComplainedService } from './complained.service.ts';
import { ComplainedStore } from './complained.store.ts';

@Module({ imports: [CaseModule], controllers: [ComplainedController], providers: [ComplainedService, ComplainedStore] })
export class ComplainedModule {}
