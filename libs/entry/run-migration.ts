import type { MigrationInterface } from 'typeorm';
import { ConfigError } from '#config';
import { grantsOn, migrateQueueStore } from '#jobs';
import { createDataSource, migrate } from '#pg';
import { begin, stopWithParent } from '#process';
import type { ServiceConfig } from '#service';
import { createLogger } from '#telemetry';
import type { Service } from './http-service.ts';

const userOf = (databaseUrl: string): string => decodeURIComponent(new URL(databaseUrl).username);

/** Brings the service's database up to date, and ends the process. */
export async function runMigration<Config extends ServiceConfig>(
  { name, loadConfig }: Pick<Service<Config>, 'name' | 'loadConfig'>,
  migrations: readonly (new () => MigrationInterface)[],
): Promise<never> {
  const program = `${name}-migrate`;
  stopWithParent();
  await begin(program, async () => {
    const config = loadConfig(process.env);
    if (config.migrationDatabaseUrl === '') throw new ConfigError(['MIGRATION_DATABASE_URL is required to migrate']);
    if (config.queueDatabaseUrl !== '' && config.migrationQueueDatabaseUrl === '')
      throw new ConfigError(['MIGRATION_QUEUE_DATABASE_URL is required to migrate where QUEUE_DATABASE_URL is set']);
    const logger = createLogger(program, config.logLevel);
    const source = await createDataSource({ url: config.migrationDatabaseUrl, poolSize: 2, applicationName: program, migrations });
    const applied = await migrate(source);
    const role = `"${userOf(config.databaseUrl).replaceAll('"', '""')}"`;
    for (const grant of grantsOn('public', role)) await source.query(grant);
    await source.query(`revoke insert, update, delete on migration from ${role}`);
    await source.destroy();
    // A store of the installation's own, or one beside the service's tables.
    if (config.queueDatabaseUrl === '') await migrateQueueStore(config.migrationDatabaseUrl, userOf(config.databaseUrl));
    else await migrateQueueStore(config.migrationQueueDatabaseUrl, userOf(config.queueDatabaseUrl));
    logger.info({ applied }, 'migrated');
  });
  process.exit(0);
}
