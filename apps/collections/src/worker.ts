import { NestFactory } from '@nestjs/core';
import { announceReady, onStop } from '#process';
import { createLogger, NestPinoLogger } from '#telemetry';
import { loadConfig } from './config.ts';
import { WorkerModule } from './worker.module.ts';

const config = loadConfig(process.env);
const logger = new NestPinoLogger(createLogger('collections-worker', config.logLevel));
const app = await NestFactory.createApplicationContext(WorkerModule.with(config), { logger, abortOnError: false });
onStop(() => app.close());
announceReady();
