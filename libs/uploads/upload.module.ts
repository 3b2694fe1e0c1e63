import { Module, type DynamicModule } from '@nestjs/common';
import { UploadService } from './upload.service.ts';
import { UPLOAD_USE, UploadStore, type UploadUse } from './upload.store.ts';

export type { UploadUse };

/** Files of one service. Make it once, as a constant: each call is another module to Nest. */
@Module({})
export class UploadModule {
  static with(use: UploadUse): DynamicModule {
    const providers = [{ provide: UPLOAD_USE, useValue: use }, UploadStore, UploadService];
    return { module: UploadModule, providers, exports: [UploadService] };
  }
}
