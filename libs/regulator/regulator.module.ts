import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { ReadController } from './read.controller.ts';
import { ReadRecorder } from './read.recorder.ts';
import { ReadService } from './read.service.ts';

/** The regulator at a service: what it reads is noted, whatever the room. */
@Module({
  controllers: [ReadController],
  providers: [ReadService, { provide: APP_INTERCEPTOR, useClass: ReadRecorder }],
})
export class RegulatorModule {}
