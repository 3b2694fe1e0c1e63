import type { MigrationInterface } from 'typeorm';
import { ConfigError } from '#config';
import { migrateQueueStore, QUEUE_SCHEMA } from '#jobs';
import { createDataSource, migrate } from '#pg';
import { begin, stopWithParent } from '#process';
import type { ServiceConfig } from '#service';
import { createLogger } from '#telemetry';
import type { Service } from './http-service.ts';

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
    const logger = createLogger(program, config.logLevel);
    const source = await createDataSource({ url: config.migrationDatabaseUrl, poolSize: 2, applicationName: program, migrations });
    const applied = await migrate(source);
    await migrateQueueStore(config.migrationDatabaseUrl);
    // The services' role may use everything and owns nothing: it can neither switch row-level security off nor change a table.
    const role = `"${new URL(config.databaseUrl).username.replaceAll('"', '""')}"`;
    for (const schema of ['public', QUEUE_SCHEMA]) {
      await source.query(`grant usage on schema ${schema} to ${role}`);
      await source.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`);
      await source.query(`grant usage, select on all sequences in schema ${schema} to ${role}`);
      await source.query(`grant execute on all functions in schema ${schema} to ${role}`);
    }
    await source.query(`revoke insert, update, delete on migration from ${role}`);
    await source.destroy();
    logger.info({ applied }, 'migrated');
  });
  process.exit(0);
}
