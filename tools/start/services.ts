import { pathToFileURL } from 'node:url';
import { databaseOf, type Database } from './databases.ts';
import type { Program } from './crew.ts';
import type { Secrets } from './secrets.ts';

/** What the plan is made from: the addresses and secrets of this start. */
export interface Surroundings {
  readonly secrets: Secrets;
  /** Where the demo keeps what it would send. */
  readonly sentFolder: string;
  readonly publicUrl: string;
  readonly publicPort: number;
  /** The port given to a service, by its name; of its own wish, or a free one. */
  readonly ports: Readonly<Record<string, number>>;
  readonly databaseUrl: (role: string, database: string) => string;
}

/** What a start runs, in order: migrations (together), seeds (together, once), services (together). */
export interface Plan {
  readonly migrations: readonly Program[];
  readonly seeds: readonly Program[];
  readonly services: readonly Program[];
}

/** The data structure that `npm start` works through. */
export interface Setup {
  readonly publicPort: number;
  /** Wished port by service name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly databases: readonly Database[];
  plan(surroundings: Surroundings): Plan;
  /** Lines for the closing block: who can sign in, which machines there are. */
  describe(surroundings: Surroundings): Promise<readonly string[]>;
}

const loopback = '127.0.0.1';
// As published in apps/identity/src/demo.ts.
const DEMO_CONSOLE_SECRET = 'forbear-console-secret';
const collections = databaseOf('collections');
const complaints = databaseOf('complaints');
const identity = databaseOf('identity');
// One store for all queues: services tell each other things through it.
const queue = databaseOf('queue');
const front = databaseOf('console');

function plan({ secrets, sentFolder, publicUrl, publicPort, ports, databaseUrl }: Surroundings): Plan {
  const at = (service: string): string => `http://${loopback}:${ports[service] ?? 0}`;
  const own = (database: Database): Record<string, string> => ({
    DATABASE_URL: databaseUrl(database.app, database.name),
  });
  const owner = (database: Database): Record<string, string> => ({
    ...own(database),
    MIGRATION_DATABASE_URL: databaseUrl(database.owner, database.name),
  });
  const queues = { QUEUE_DATABASE_URL: databaseUrl(queue.app, queue.name) };
  const queuesOwner = { ...queues, MIGRATION_QUEUE_DATABASE_URL: databaseUrl(queue.owner, queue.name) };
  const common = {
    // Demo secrets are public, so nothing here may listen on more than the loopback interface.
    HOST: loopback,
    DEMO: 'true',
    PUBLIC_URL: publicUrl,
    COLLECTIONS_URL: at('collections'),
    COMPLAINTS_URL: at('complaints'),
    IDENTITY_URL: at('identity'),
    OIDC_ISSUER: `${publicUrl}/identity`,
    OIDC_JWKS_URL: `${at('identity')}/identity/jwks`,
    VAULT_KEYS: secrets.vaultKeys,
    VAULT_INDEX_KEY: secrets.vaultIndexKey,
    PEER_KEYS: secrets.peerKeys,
  };
  const sent = pathToFileURL(sentFolder).href;
  // Nothing leaves a demo: what it sends is kept in a folder.
  const sending = { SMTP_URL: sent, SMS_URL: sent, MAIL_FROM: 'Forbear demo <noreply@forbear.example>' };
  // The telephone is invented.
  const publicPages = { PUBLIC_INSTITUTION_ID: 'demo-bank', COMPLAINT_PHONE: '0451-5555-0100' };
  const port = (name: string): Record<string, string> => ({ PORT: String(ports[name] ?? 0) });
  return {
    migrations: [
      { name: 'collections-migrate', entry: 'apps/collections/src/migrate.js', env: { ...common, ...owner(collections), ...queuesOwner } },
      { name: 'complaints-migrate', entry: 'apps/complaints/src/migrate.js', env: { ...common, ...owner(complaints), ...queuesOwner } },
      { name: 'identity-migrate', entry: 'apps/identity/src/migrate.js', env: { ...common, ...owner(identity) } },
      { name: 'console-migrate', entry: 'apps/console/server/migrate.js', env: { ...common, ...owner(front) } },
    ],
    seeds: [
      { name: 'seed', entry: 'tools/seed.js', env: { ...common, ...own(collections), ...queues } },
      { name: 'seed-complaints', entry: 'tools/seed-complaints.js', env: { ...common, ...own(complaints), ...queues } },
    ],
    services: [
      { name: 'identity', entry: 'apps/identity/src/main.js', env: { ...common, ...own(identity), ...port('identity') } },
      {
        name: 'collections',
        entry: 'apps/collections/src/main.js',
        env: { ...common, ...own(collections), ...queues, ...sending, ...publicPages, ...port('collections') },
      },
      {
        name: 'collections-worker',
        entry: 'apps/collections/src/worker.js',
        env: { ...common, ...own(collections), ...queues, ...sending },
      },
      {
        name: 'complaints',
        entry: 'apps/complaints/src/main.js',
        env: { ...common, ...own(complaints), ...queues, ...sending, ...publicPages, ...port('complaints') },
      },
      {
        name: 'complaints-worker',
        entry: 'apps/complaints/src/worker.js',
        env: { ...common, ...own(complaints), ...queues, ...sending },
      },
      {
        name: 'console',
        entry: 'apps/console/server/main.js',
        env: { ...common, ...own(front), OIDC_CLIENT_SECRET: DEMO_CONSOLE_SECRET, PORT: String(publicPort) },
      },
    ],
  };
}

const text = (value: unknown, ...keys: string[]): string => {
  for (const key of keys) {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    if (Array.isArray(found)) return found.join(', ');
    if (typeof found === 'string') return found;
  }
  return '';
};

async function describe({ publicUrl }: Surroundings): Promise<readonly string[]> {
  const file = new URL('../../apps/identity/src/demo.js', import.meta.url);
  const demo = (await import(file.href)) as { demoPeople?: readonly unknown[]; demoClients?: readonly unknown[] };
  const lines = ['演示人员 Demo people (sign in at the address above): user / password'];
  for (const person of demo.demoPeople ?? []) {
    const user = text(person, 'username', 'login', 'email', 'id');
    const about = [text(person, 'name', 'displayName'), text(person, 'roles', 'role')].filter((part) => part !== '').join(', ');
    lines.push(`  ${`${user} / ${text(person, 'password')}`.padEnd(44)}${about}`);
  }
  lines.push('', `机器客户端 Machine clients (POST ${publicUrl}/identity/token, HTTP Basic): id / secret`);
  for (const client of demo.demoClients ?? []) {
    const id = text(client, 'id', 'clientId', 'client_id');
    const secret = text(client, 'secret', 'clientSecret', 'client_secret') || `${id}-secret`;
    lines.push(`  ${`${id} / ${secret}`.padEnd(44)}${text(client, 'roles', 'role')}`);
  }
  return lines;
}

/** Forbear itself. */
export const setup: Setup = {
  publicPort: 3000,
  ports: { collections: 3001, complaints: 3002, identity: 3003 },
  databases: [collections, complaints, identity, front, queue],
  plan,
  describe,
};
