import { Global, Module, type DynamicModule, type OnApplicationShutdown, Inject } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuthModule } from '#auth';
import { Clock, DatabaseClock } from '#clock';
import { HealthModule, READINESS } from '#http';
import { createQueues, type Queues } from '#jobs';
import { createDataSource } from '#pg';
import { createLogger, type Logger } from '#telemetry';
import { Vault } from '#vault';
import { CaseModule } from './case/case.module.ts';
import { CONFIG, type CollectionsConfig } from './config.ts';
import { ContactModule } from './contact/contact.module.ts';
import { ImportModule } from './import/import.module.ts';
import { LookbackModule } from './lookback/lookback.module.ts';

export const LOGGER = Symbol('logger');
export const QUEUES = Symbol('queues');

/** What every room stands on: configuration, database, queue, clock, vault. Its connections end with the application. */
@Global()
@Module({})
export class GroundModule implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
  ) {}

  static with(config: CollectionsConfig, service: string): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: createLogger(service, config.logLevel) },
      {
        provide: DataSource,
        useFactory: () => createDataSource({ url: config.databaseUrl, poolSize: config.databasePoolSize, applicationName: service }),
      },
      { provide: QUEUES, useFactory: (logger: Logger) => createQueues(config, logger), inject: [LOGGER] },
      { provide: Clock, useClass: DatabaseClock },
      { provide: Vault, useFactory: () => new Vault(config.vaultKeys, config.vaultIndexKey) },
    ];
    return { module: GroundModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queues.close();
    await this.database.destroy();
  }
}

@Module({})
export class AppModule {
  static with(config: CollectionsConfig, service = 'collections'): DynamicModule {
    return {
      module: AppModule,
      imports: [
        GroundModule.with(config, service),
        AuthModule.forRoot(config),
        HealthModule.with({
          provide: READINESS,
          useFactory: (database: DataSource, queues: Queues) => ({
            database: () => database.query('select 1'),
            queue: () => queues.ready(),
          }),
          inject: [DataSource, QUEUES],
        }),
        ContactModule,
        CaseModule,
        ImportModule,
        LookbackModule,
      ],
    };
  }
}
