import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#pg';
import { createLogger } from '#telemetry';
import { CreateIdentity1763740800000 } from '../migrations/1763740800000-create-identity.ts';
import { AddMandate1796200020000 } from '../migrations/1796200020000-add-mandate.ts';
import { openVault, readMigrationSettings, type MigrationConfig } from './config.ts';
import { seedDemo } from './seed.ts';

export const migrations = [CreateIdentity1763740800000, AddMandate1796200020000];

/** The service reads people and clients and keeps its own state; it cannot give itself a login. */
const grants = (role: string): string[] => [
  `grant usage on schema public to ${role}`,
  `grant select on person, client to ${role}`,
  `grant select, insert, update, delete on oidc_model, issuer_key, login_attempt to ${role}`,
];

async function grantTo(source: DataSource, applicationUrl: string): Promise<void> {
  const role = decodeURIComponent(new URL(applicationUrl).username);
  const [known] = await source.query<{ quoted: string }[]>(`select quote_ident(rolname) as quoted from pg_roles where rolname = $1`, [
    role,
  ]);
  if (!known) throw new Error(`the role "${role}" of DATABASE_URL does not exist in PostgreSQL; create it first`);
  for (const statement of grants(known.quoted)) await source.query(statement);
}

/** Brings the database up to date as its owner, grants the service its rights, and seeds the demo logins where DEMO allows them. */
export async function prepareDatabase(config: MigrationConfig): Promise<string[]> {
  const source = await createDataSource({
    url: config.migrationDatabaseUrl,
    poolSize: 2,
    applicationName: 'forbear identity migrations',
    migrations,
  });
  try {
    const applied = await migrate(source);
    await grantTo(source, config.databaseUrl);
    if (config.demo) await seedDemo(source, openVault(config), new URL(config.oidcIssuer).origin);
    return applied;
  } finally {
    await source.destroy();
  }
}

if (import.meta.main) {
  try {
    const config = readMigrationSettings();
    const applied = await prepareDatabase(config);
    createLogger('identity-migrate', config.logLevel).info({ applied, demo: config.demo }, 'the database is up to date');
  } catch (error) {
    process.stderr.write(`identity migrate: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
