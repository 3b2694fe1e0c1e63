import { Module, type DynamicModule } from '@nestjs/common';
import { GroundModule } from '#service';
import type { ComplaintsConfig } from './config.ts';
import { importModule } from './import/import.module.ts';

@Module({})
export class AppModule {
  static with(config: ComplaintsConfig): DynamicModule {
    return { module: AppModule, imports: [...GroundModule.serving(config, 'complaints'), importModule] };
  }
}
