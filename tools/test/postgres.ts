import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeData } from '../start/account.ts';
import { Crew, type Program } from '../start/crew.ts';
import { databaseOf, ensureDatabases } from '../start/databases.ts';
import { anyPort } from '../start/ports.ts';
import { Postgres } from '../start/postgres.ts';
import { setup } from '../start/services.ts';

export interface TestPostgres {
  /** As superuser; every role of the run has the same password. */
  readonly url: string;
  /** The services that have a migrated template database, `forbear_<service>`. */
  readonly templates: readonly string[];
  stop(): Promise<void>;
}

const distFolder = fileURLToPath(new URL('../..', import.meta.url));
// The testkit's and the supervisor's own tests stand on this small service.
const fixture = databaseOf('alpha');

function templatePrograms(port: number, password: string): Program[] {
  const databaseUrl = (role: string, database: string): string => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  const key = randomBytes(32).toString('base64');
  const secrets = { vaultKeys: `k1:${key}`, vaultIndexKey: key, peerKeys: '', adminPassword: password, passwords: {} };
  const { migrations } = setup.plan({
    secrets,
    sentFolder: '/nowhere',
    ports: {},
    publicPort: 3000,
    publicUrl: 'http://localhost:3000',
    databaseUrl,
  });
  const urls = {
    DATABASE_URL: databaseUrl(fixture.app, fixture.name),
    MIGRATION_DATABASE_URL: databaseUrl(fixture.owner, fixture.name),
  };
  // Templates hold no data: a demo sealed under the keys of this run would be of no use to a test with keys of its own.
  // Each has queues of its own, so that tests do not meet.
  const alone = { DEMO: 'false', QUEUE_DATABASE_URL: '', MIGRATION_QUEUE_DATABASE_URL: '' };
  const empty = migrations.map((program) => ({ ...program, env: { ...program.env, ...alone } }));
  return [...empty, { name: 'alpha-migrate', entry: 'test/start/fixture/migrate.js', env: urls }];
}

/** A PostgreSQL for one run of tests or benchmarks, in a temporary folder, with a template per service. Unless durable, a crash may lose commits. */
export async function openPostgres(say: (line: string) => void, durable = false): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-test-'));
  // PostgreSQL's user, when we are root, passes through to its own folder.
  chmodSync(folder, 0o711);
  mkdirSync(join(folder, 'logs'));
  const password = randomBytes(18).toString('base64url');
  const data = join(folder, 'postgres');
  const postgres = new Postgres({ folder: data, logFile: join(folder, 'logs/postgres.log'), password, say, durable });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    removeData(data);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await postgres.prepare();
    await postgres.start(await anyPort());
    const databases = [...setup.databases, fixture];
    const passwords = Object.fromEntries(databases.flatMap(({ owner, app }) => [owner, app]).map((role) => [role, password]));
    await ensureDatabases(postgres.adminUrl(), databases, passwords);
    const crew = new Crew({ distFolder, dataFolder: folder, say, onLost: () => undefined });
    // A service whose migrations are not there has no template; testDatabase says so to the test that wants one.
    const programs = templatePrograms(postgres.port, password).filter(({ entry }) => existsSync(join(distFolder, entry)));
    await Promise.all(programs.map((program) => crew.runJob(program)));
    return { url: postgres.adminUrl(), templates: programs.map(({ name }) => name.replace('-migrate', '')), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
