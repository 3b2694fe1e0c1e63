import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Anchors } from './anchors.ts';
import { EvidenceController } from './evidence.controller.ts';
import { EvidenceMetrics } from './evidence.metrics.ts';
import { EvidenceService } from './evidence.service.ts';
import { EvidenceWork } from './evidence.work.ts';
import { LOG_NAME, Sealer } from './sealer.ts';
import { Restoring } from './restore.ts';
import { RotationController } from './rotation.controller.ts';
import { RotationService } from './rotation.service.ts';
import { SignInRecorder } from './sign-in.recorder.ts';
import { SignInService } from './sign-in.service.ts';

/** The evidence of a service: `serving` for the process that answers HTTP, `working` for the one that seals. */
@Module({})
export class EvidenceModule {
  static serving(log: string): DynamicModule {
    return {
      module: EvidenceModule,
      controllers: [EvidenceController, RotationController],
      providers: [
        { provide: LOG_NAME, useValue: log },
        EvidenceService,
        RotationService,
        EvidenceMetrics,
        SignInService,
        { provide: APP_INTERCEPTOR, useClass: SignInRecorder },
      ],
    };
  }

  static working(log: string): DynamicModule {
    return {
      module: EvidenceModule,
      providers: [{ provide: LOG_NAME, useValue: log }, Sealer, Anchors, Restoring, EvidenceWork],
      exports: [EvidenceWork],
    };
  }
}
