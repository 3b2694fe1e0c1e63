import { ConfigError } from '#config';
import { migrateQueueStore, QUEUE_SCHEMA } from '#jobs';
import { createDataSource, migrate } from '#pg';
import { begin, stopWithParent } from '#process';
import { createLogger } from '#telemetry';
import { CreateLedger1795276800000 } from '../migrations/1795276800000-create-ledger.ts';
import { CreateGate1795276800001 } from '../migrations/1795276800001-create-gate.ts';
import { loadConfig } from './config.ts';

stopWithParent();
await begin('collections-migrate', async () => {
  const config = loadConfig(process.env);
  if (config.migrationDatabaseUrl === '') throw new ConfigError(['MIGRATION_DATABASE_URL is required to migrate']);
  const logger = createLogger('collections-migrate', config.logLevel);
  const source = await createDataSource({
    url: config.migrationDatabaseUrl,
    poolSize: 2,
    applicationName: 'collections-migrate',
    migrations: [CreateLedger1795276800000, CreateGate1795276800001],
  });
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
