import multipart from '@fastify/multipart';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp, describeHttpApi, type ApiDescription } from '#http';
import type { ServiceConfig } from '#service';
import { createLogger } from '#telemetry';

const VERSION = '0.1.0';

type Environment = Readonly<Record<string, string | undefined>>;

/** A service of ours, as its entries need to know it. */
export interface Service<Config extends ServiceConfig> {
  /** In logs, in PostgreSQL, in the names of its processes. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  loadConfig(env: Environment): Config;
  /** The module of the process that answers HTTP. */
  api(config: Config): DynamicModule;
}

const descriptionOf = <Config extends ServiceConfig>({ title, description }: Service<Config>, config: Config): ApiDescription => ({
  title,
  description,
  version: VERSION,
  publicPath: config.publicPath,
});

/** The service over HTTP; not listening yet. */
export async function createService<Config extends ServiceConfig>(
  service: Service<Config>,
  config: Config,
): Promise<NestFastifyApplication> {
  const app = await createHttpApp(service.api(config), {
    ...descriptionOf(service, config),
    logger: createLogger(service.name, config.logLevel),
    bodyLimitBytes: config.bodyLimitBytes,
  });
  await app.register(multipart);
  return app;
}

// Nothing is constructed, so nobody dials these; what the document says of the settings are their defaults.
const nowhere = {
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  VAULT_KEYS: 'none',
  VAULT_INDEX_KEY: 'none',
  OIDC_ISSUER: 'http://localhost/identity',
};

/** The OpenAPI document of the service, as committed in `openapi.json`. */
export async function describeService<Config extends ServiceConfig>(service: Service<Config>): Promise<string> {
  const config = service.loadConfig(nowhere);
  const document = await describeHttpApi(service.api(config), descriptionOf(service, config));
  return `${JSON.stringify(document, null, 2)}\n`;
}
