import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { announceReady, begin, onStop } from '#process';
import { createLogger, NestPinoLogger } from '#telemetry';
import { loadConfig } from './config.ts';
import { WorkerModule } from './worker.module.ts';

await begin('collections-worker', async () => {
  const config = loadConfig(process.env);
  const logger = new NestPinoLogger(createLogger('collections-worker', config.logLevel));
  // Before anything can wait: a worker whose database is away must still end with its parent.
  let app: INestApplicationContext | undefined;
  onStop(async () => app?.close());
  app = await NestFactory.createApplicationContext(WorkerModule.with(config), { logger, abortOnError: false });
  announceReady();
});
