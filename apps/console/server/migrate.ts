import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#pg';
import { createLogger } from '#telemetry';
import { CreateConsole1795276800000 } from '../migrations/1795276800000-create-console.ts';
import { readMigrationSettings, type MigrationConfig } from './config.ts';

export const migrations = [CreateConsole1795276800000];

async function grantTo(source: DataSource, applicationUrl: string): Promise<void> {
  const role = decodeURIComponent(new URL(applicationUrl).username);
  const [known] = await source.query<{ quoted: string }[]>(`select quote_ident(rolname) as quoted from pg_roles where rolname = $1`, [
    role,
  ]);
  if (!known) throw new Error(`the role "${role}" of DATABASE_URL does not exist in PostgreSQL; create it first`);
  await source.query(`grant usage on schema public to ${known.quoted}`);
  await source.query(`grant select, insert, update, delete on session to ${known.quoted}`);
}

/** Brings the database up to date as its owner and grants the server its rights. */
export async function prepareDatabase(config: MigrationConfig): Promise<string[]> {
  const source = await createDataSource({
    url: config.migrationDatabaseUrl,
    poolSize: 2,
    applicationName: 'forbear console migrations',
    migrations,
  });
  try {
    const applied = await migrate(source);
    await grantTo(source, config.databaseUrl);
    return applied;
  } finally {
    await source.destroy();
  }
}

if (import.meta.main) {
  try {
    const config = readMigrationSettings();
    const applied = await prepareDatabase(config);
    createLogger('console-migrate', config.logLevel).info({ applied }, 'the database is up to date');
  } catch (error) {
    process.stderr.write(`console migrate: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
