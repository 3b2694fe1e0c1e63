import { Module } from '@nestjs/common';
import { UploadService } from './upload.service.ts';
import { UploadStore } from './upload.store.ts';

@Module({ providers: [UploadService, UploadStore], exports: [UploadService] })
export class UploadModule {}
