import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuthModule } from '#auth';
import { Clock, DatabaseClock } from '#clock';
import { HealthModule, READINESS } from '#http';
import { createQueues, type Queues, type QueueStore } from '#jobs';
import { createDataSource } from '#pg';
import { createLogger, type Logger } from '#telemetry';
import { Vault } from '#vault';
import type { ServiceConfig } from './settings.ts';

export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const QUEUES = Symbol('queues');

const health = HealthModule.with({
  provide: READINESS,
  useFactory: (database: DataSource, queues: Queues) => ({
    database: () => database.query('select 1'),
    queue: () => queues.ready(),
  }),
  inject: [DataSource, QUEUES],
});

/** Where the queues are: with the installation's others, or by themselves beside the service's own tables. */
export const queueStoreOf = ({ redisUrl, queueDatabaseUrl, databaseUrl }: ServiceConfig): QueueStore => ({
  redisUrl,
  databaseUrl: queueDatabaseUrl === '' ? databaseUrl : queueDatabaseUrl,
});

/** What every room stands on: configuration, database, queue, clock, vault. Its connections end with the application. */
@Global()
@Module({})
export class GroundModule implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
  ) {}

  /** For the process that is called `name` in logs and in PostgreSQL; a seed brings a clock that it can put back. */
  static with(config: ServiceConfig, name: string, clock: Clock = new DatabaseClock()): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: createLogger(name, config.logLevel) },
      {
        provide: DataSource,
        useFactory: () => createDataSource({ url: config.databaseUrl, poolSize: config.databasePoolSize, applicationName: name }),
      },
      { provide: QUEUES, useFactory: (logger: Logger) => createQueues(queueStoreOf(config), logger), inject: [LOGGER] },
      { provide: Clock, useValue: clock },
      { provide: Vault, useFactory: () => new Vault(config.vaultKeys, config.vaultIndexKey) },
    ];
    return { module: GroundModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  /** For the process that answers HTTP: who may enter, health and metrics as well. */
  static serving(config: ServiceConfig, name: string): DynamicModule[] {
    return [GroundModule.with(config, name), AuthModule.forRoot(config), health];
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queues.close();
    await this.database.destroy();
  }
}
