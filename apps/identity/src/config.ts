import { boolean, integer, list, readConfig, text, url, type ConfigOf } from '#config';
import { Vault } from '#vault';

const database = 'database';
const service = 'service';
const issuer = 'issuer';

const shared = {
  databaseUrl: url('DATABASE_URL', {
    group: database,
    description: 'This service’s own database, as a role that owns nothing in it',
    protocols: ['postgres', 'postgresql'],
    secret: true,
  }),
  oidcIssuer: url('OIDC_ISSUER', {
    group: issuer,
    description: 'The public address of this issuer; every link and token names it, whatever address a request came to',
    protocols: ['http', 'https'],
    fallback: 'http://localhost:3000/identity',
  }),
  vaultKeys: list('VAULT_KEYS', {
    group: issuer,
    description: 'Keys that seal names and signing keys, `id:base64,...` of 32 bytes each, the sealing key first',
    secret: true,
  }),
  vaultIndexKey: text('VAULT_INDEX_KEY', { group: issuer, description: 'Base64 of 32 bytes, for hashed search', secret: true }),
  demo: boolean('DEMO', {
    group: service,
    description: 'Whether the published demo people and clients may exist here; false refuses to start while they do',
    fallback: false,
  }),
  logLevel: text('LOG_LEVEL', { group: service, description: 'Least severe level that is logged', fallback: 'info' }),
};

export const settings = {
  ...shared,
  host: text('HOST', { group: service, description: 'Address to listen on', fallback: '127.0.0.1' }),
  port: integer('PORT', { group: service, description: 'Port to listen on', fallback: 3003, max: 65_535 }),
  databasePool: integer('DATABASE_POOL', { group: database, description: 'Connections at most', fallback: 8, min: 1, max: 100 }),
  oidcAudience: text('OIDC_AUDIENCE', { group: issuer, description: 'The `aud` of access tokens', fallback: 'forbear' }),
  trustedProxies: list('TRUSTED_PROXIES', {
    group: service,
    description: 'Addresses whose X-Forwarded-For is believed (it decides whose login attempts are throttled)',
    fallback: ['127.0.0.1', '::1'],
  }),
};

export const migrationSettings = {
  ...shared,
  migrationDatabaseUrl: url('MIGRATION_DATABASE_URL', {
    group: database,
    description: 'The same database as its owner, for migrations only',
    protocols: ['postgres', 'postgresql'],
    secret: true,
  }),
};

export type Config = ConfigOf<typeof settings>;
export type MigrationConfig = ConfigOf<typeof migrationSettings>;

export const readSettings = (): Config => readConfig(settings, process.env);
export const readMigrationSettings = (): MigrationConfig => readConfig(migrationSettings, process.env);

/** Throws an Error that names the variable when the keys cannot be used. */
export function openVault(config: Pick<Config, 'vaultKeys' | 'vaultIndexKey'>): Vault {
  try {
    return new Vault(config.vaultKeys, config.vaultIndexKey);
  } catch (error) {
    throw new Error(`VAULT_KEYS or VAULT_INDEX_KEY: ${error instanceof Error ? error.message : 'not usable'}`, { cause: error });
  }
}
