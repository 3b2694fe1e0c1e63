import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { AgencyController } from './agency.controller.ts';
import { AgencyService } from './agency.service.ts';
import { AgencyStore } from './agency.store.ts';

@Module({ imports: [ActModule], controllers: [AgencyController], providers: [AgencyService, AgencyStore], exports: [AgencyService] })
export class AgencyModule {}
