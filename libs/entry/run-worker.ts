import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { announceReady, begin, onStop } from '#process';
import type { ServiceConfig } from '#service';
import { createLogger, NestPinoLogger } from '#telemetry';
import type { Service } from './http-service.ts';

// A batch of a file that is being imported may take seconds on a busy machine; Docker waits ten before it kills.
const GRACE_MS = 8000;

/** The process that does the service's jobs; `module` begins its work when the application starts. */
export async function runWorker<Config extends ServiceConfig>(
  { name, loadConfig }: Pick<Service<Config>, 'name' | 'loadConfig'>,
  module: (config: Config) => DynamicModule,
): Promise<void> {
  await begin(`${name}-worker`, async () => {
    const config = loadConfig(process.env);
    const logger = new NestPinoLogger(createLogger(`${name}-worker`, config.logLevel));
    // Before anything can wait: a worker whose database is away must still end with its parent.
    let app: INestApplicationContext | undefined;
    onStop(async () => app?.close(), { graceMs: GRACE_MS });
    app = await NestFactory.createApplicationContext(module(config), { logger, abortOnError: false });
    announceReady();
  });
}
