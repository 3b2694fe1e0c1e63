import { Module } from '@nestjs/common';
import { PublicationController } from './publication.controller.ts';
import { PublicationService } from './publication.service.ts';
import { PublicationStore } from './publication.store.ts';

@Module({ controllers: [PublicationController], providers: [PublicationService, PublicationStore], exports: [PublicationService] })
export class PublicationModule {}
