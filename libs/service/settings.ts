import { authSettings } from '#auth';
import { boolean, integer, list, text, url, type ConfigOf } from '#config';

/** What a service has of its own in the settings that all have. */
export interface ServiceDefaults {
  readonly port: number;
  /** Under which the front origin serves the API. */
  readonly publicPath: string;
}

/** The variables that every service, its worker and its migration read; spread into the app's own settings. */
export const serviceSettings = ({ port, publicPath }: ServiceDefaults) => ({
  host: text('HOST', {
    group: 'http',
    description: 'Address to listen on; loopback unless a proxy stands in front',
    fallback: '127.0.0.1',
  }),
  port: integer('PORT', { group: 'http', description: 'Port to listen on', fallback: port, max: 65_535 }),
  bodyLimitBytes: integer('BODY_LIMIT_BYTES', { group: 'http', description: 'Largest JSON body', fallback: 4 * 1024 * 1024 }),
  uploadLimitBytes: integer('UPLOAD_LIMIT_BYTES', {
    group: 'http',
    description: 'Largest file that is taken in',
    fallback: 1024 ** 3,
  }),
  publicPath: text('PUBLIC_PATH', {
    group: 'http',
    description: 'Path under which the front origin serves this API',
    fallback: publicPath,
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
  queueDatabaseUrl: text('QUEUE_DATABASE_URL', {
    group: 'queue',
    description: 'PostgreSQL with the queues of the whole installation: services tell each other things through it. Empty: DATABASE_URL',
    fallback: '',
    secret: true,
  }),
  migrationQueueDatabaseUrl: text('MIGRATION_QUEUE_DATABASE_URL', {
    group: 'queue',
    description: 'The same as the owner; read by the migration only',
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
});

export type ServiceConfig = ConfigOf<ReturnType<typeof serviceSettings>>;
