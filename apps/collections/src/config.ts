import { authSettings } from '#auth';
import { boolean, integer, list, readConfig, text, url, type ConfigOf } from '#config';

/** Every variable that the collections service, its worker and its migration read. */
export const settings = {
  host: text('HOST', {
    group: 'http',
    description: 'Address to listen on; loopback unless a proxy stands in front',
    fallback: '127.0.0.1',
  }),
  port: integer('PORT', { group: 'http', description: 'Port to listen on', fallback: 3001, max: 65_535 }),
  bodyLimitBytes: integer('BODY_LIMIT_BYTES', { group: 'http', description: 'Largest JSON body', fallback: 4 * 1024 * 1024 }),
  uploadLimitBytes: integer('UPLOAD_LIMIT_BYTES', {
    group: 'http',
    description: 'Largest file of an import or look-back; use the look-back command beyond it',
    fallback: 1024 ** 3,
  }),
  spoolFolder: text('SPOOL_FOLDER', {
    group: 'files',
    description:
      'Folder for rows that are put in order and do not fit in memory; emptied at once. Empty: the system’s folder for temporary files',
    fallback: '',
  }),
  publicPath: text('PUBLIC_PATH', {
    group: 'http',
    description: 'Path under which the front origin serves this API',
    fallback: '/api/collections',
  }),
  databaseUrl: url('DATABASE_URL', {
    group: 'database',
    description: 'PostgreSQL as the application role, which owns nothing',
    protocols: ['postgres', 'postgresql'],
    secret: true,
  }),
  databasePoolSize: integer('DATABASE_POOL_SIZE', {
    group: 'database',
    description: 'Connections per process',
    fallback: 16,
    min: 2,
    max: 200,
  }),
  migrationDatabaseUrl: text('MIGRATION_DATABASE_URL', {
    group: 'database',
    description: 'PostgreSQL as the owner; read by the migration only',
    fallback: '',
    secret: true,
  }),
  redisUrl: text('REDIS_URL', { group: 'queue', description: 'Redis for the queue; empty: PostgreSQL', fallback: '', secret: true }),
  workerConcurrency: integer('WORKER_CONCURRENCY', {
    group: 'queue',
    description: 'Jobs that a worker runs at once',
    fallback: 2,
    min: 1,
    max: 64,
  }),
  lapseEveryMs: integer('LAPSE_EVERY_MS', {
    group: 'queue',
    description: 'How often permits whose time is over are marked, in milliseconds; the counters do not wait for it',
    fallback: 30_000,
    min: 100,
  }),
  sweepEveryMs: integer('SWEEP_EVERY_MS', {
    group: 'queue',
    description: 'How often unfinished work that nobody does any more is woken, in milliseconds',
    fallback: 60_000,
    min: 100,
  }),
  staleAfterMs: integer('STALE_AFTER_MS', {
    group: 'queue',
    description: 'Work that has not moved for so many milliseconds is taken for abandoned',
    fallback: 60_000,
    min: 100,
  }),
  vaultKeys: list('VAULT_KEYS', {
    group: 'vault',
    description: 'Key ring for personal data, `id:base64,...` of 32 bytes each, the sealing key first',
    secret: true,
  }),
  vaultIndexKey: text('VAULT_INDEX_KEY', {
    group: 'vault',
    description: 'Key of the search hashes, base64 of 32 bytes; never changes',
    secret: true,
  }),
  logLevel: text('LOG_LEVEL', {
    group: 'log',
    description: 'Least severe level that is logged',
    fallback: 'info',
    oneOf: ['debug', 'info', 'warn', 'error'],
  }),
  demo: boolean('DEMO', { group: 'demo', description: 'A demo: loopback only, demo institution allowed', fallback: false }),
  ...authSettings,
};

export type CollectionsConfig = ConfigOf<typeof settings>;
export const CONFIG = Symbol('collections config');

export const loadConfig = (env: Readonly<Record<string, string | undefined>>): CollectionsConfig => readConfig(settings, env);
