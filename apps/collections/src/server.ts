import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp, type ApiDescription, type HttpOptions } from '#http';
import { createLogger } from '#telemetry';
import { AppModule } from './app.module.ts';
import type { CollectionsConfig } from './config.ts';

const VERSION = '0.1.0';

export const apiDescription = (config: CollectionsConfig): ApiDescription => ({
  title: 'Forbear collections 催收有度 · 催收服务',
  description:
    'Decides before any contact with a debtor whether it may happen, keeps the ledger that the caps count on, audits past contact logs.',
  version: VERSION,
  publicPath: config.publicPath,
});

export const httpOptions = (config: CollectionsConfig): HttpOptions => ({
  ...apiDescription(config),
  logger: createLogger('collections', config.logLevel),
  bodyLimitBytes: config.bodyLimitBytes,
});

/** The collections service over HTTP; not listening yet. */
export async function createServer(config: CollectionsConfig): Promise<NestFastifyApplication> {
  const app = await createHttpApp(AppModule.with(config), httpOptions(config));
  await app.register(multipart);
  return app;
}
