import { authSettings } from '#auth';
import { boolean, integer, list, readConfig, text, url, type ConfigOf } from '#config';
import { Vault } from '#vault';

const service = 'service';
const upstreams = 'upstreams';
const signIn = 'sign-in';
const database = 'database';
const demo = 'demo';

const databaseUrl = url('DATABASE_URL', {
  group: database,
  description: 'This server’s own database, as a role that owns nothing in it; empty: nobody signs in here, machines alone are served',
  protocols: ['postgres', 'postgresql'],
  fallback: '',
  secret: true,
});
const logLevel = text('LOG_LEVEL', { group: service, description: 'Least severe level that is logged', fallback: 'info' });

export const settings = {
  host: text('HOST', { group: service, description: 'Address to listen on', fallback: '127.0.0.1' }),
  port: integer('PORT', { group: service, description: 'Port to listen on', fallback: 3000, max: 65_535 }),
  publicUrl: url('PUBLIC_URL', {
    group: service,
    description: 'The address that browsers and dialers use; told to the services as X-Forwarded-Host and -Proto',
    protocols: ['http', 'https'],
    fallback: 'http://localhost:3000',
  }),
  trustedProxies: list('TRUSTED_PROXIES', {
    group: service,
    description: 'Addresses of proxies in front of this one, whose X-Forwarded-For is believed',
    fallback: [],
  }),
  logLevel,
  collectionsUrl: url('COLLECTIONS_URL', { group: upstreams, description: 'The collections service', protocols: ['http', 'https'] }),
  complaintsUrl: text('COMPLAINTS_URL', { group: upstreams, description: 'The complaints service; empty: answers 503', fallback: '' }),
  identityUrl: url('IDENTITY_URL', {
    group: upstreams,
    description: 'The embedded issuer, also asked in place of OIDC_ISSUER where that is PUBLIC_URL/identity; empty: there is none',
    protocols: ['http', 'https'],
    fallback: '',
  }),
  databaseUrl,
  databasePool: integer('DATABASE_POOL', { group: database, description: 'Connections at most', fallback: 8, min: 1, max: 100 }),
  ...authSettings,
  oidcClientId: text('OIDC_CLIENT_ID', {
    group: signIn,
    description: 'The client that people sign in through',
    fallback: 'forbear-console',
  }),
  oidcClientSecret: text('OIDC_CLIENT_SECRET', {
    group: signIn,
    description: 'Its secret; empty: a public client, PKCE alone',
    fallback: '',
    secret: true,
  }),
  oidcScope: text('OIDC_SCOPE', {
    group: signIn,
    description: 'What is asked for; many issuers give a refresh token for `offline_access` only',
    fallback: 'openid profile',
  }),
  vaultKeys: list('VAULT_KEYS', {
    group: signIn,
    description: 'Keys that seal tokens, `id:base64,...` of 32 bytes each, the sealing key first; needed with DATABASE_URL',
    fallback: [],
    secret: true,
  }),
  vaultIndexKey: text('VAULT_INDEX_KEY', {
    group: signIn,
    description: 'Base64 of 32 bytes; needed with DATABASE_URL',
    fallback: '',
    secret: true,
  }),
  sessionMinutes: integer('SESSION_MINUTES', {
    group: signIn,
    description: 'How long a session lasts at most, however much it is used',
    fallback: 600,
    min: 1,
    max: 10_080,
  }),
  sessionIdleMinutes: integer('SESSION_IDLE_MINUTES', {
    group: signIn,
    description: 'How long a session lasts without use',
    fallback: 30,
    min: 1,
    max: 10_080,
  }),
  demo: boolean('DEMO', {
    group: demo,
    description: 'Whether the start page lets anyone on this machine try the gate, and the published client secret may be used',
    fallback: false,
  }),
  demoClientId: text('DEMO_CLIENT_ID', { group: demo, description: 'The client that tries the gate', fallback: 'demo-dialer' }),
  demoClientSecret: text('DEMO_CLIENT_SECRET', { group: demo, description: 'Its secret', fallback: 'demo-dialer-secret', secret: true }),
};

export const migrationSettings = {
  databaseUrl: { ...databaseUrl, fallback: undefined },
  migrationDatabaseUrl: url('MIGRATION_DATABASE_URL', {
    group: database,
    description: 'The same database as its owner, for migrations only',
    protocols: ['postgres', 'postgresql'],
    secret: true,
  }),
  logLevel,
};

export type Config = ConfigOf<typeof settings>;
export type MigrationConfig = ConfigOf<typeof migrationSettings>;

export const readSettings = (): Config => readConfig(settings, process.env);
export const readMigrationSettings = (): MigrationConfig => readConfig(migrationSettings, process.env);

/** The secret that the demo start prints: no secret at all. */
const PUBLISHED_SECRET = 'forbear-console-secret';

/** Throws an Error that names the variable when people could not sign in safely with these settings. */
export function openVault(config: Pick<Config, 'vaultKeys' | 'vaultIndexKey' | 'oidcClientSecret' | 'demo'>): Vault {
  if (config.oidcClientSecret === PUBLISHED_SECRET && !config.demo) {
    throw new Error('OIDC_CLIENT_SECRET is the published secret of the demo: set another, or DEMO=true on a demo machine');
  }
  try {
    return new Vault(config.vaultKeys, config.vaultIndexKey);
  } catch (error) {
    throw new Error(`VAULT_KEYS or VAULT_INDEX_KEY: ${error instanceof Error ? error.message : 'not usable'}`, { cause: error });
  }
}
