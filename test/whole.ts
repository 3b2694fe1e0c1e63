import { randomBytes } from 'node:crypto';
import { readConfig } from '#config';
import { freePort, spawnService, testDatabase, type SpawnedService, type TestDatabase } from '#testkit';
import { migrationSettings } from '../apps/identity/src/config.ts';
import { DEMO_CONSOLE_CLIENT, DEMO_INSTITUTION, demoSecret } from '../apps/identity/src/demo.ts';
import { prepareDatabase } from '../apps/identity/src/migrate.ts';
import { eventually } from './start/running.ts';

type Env = Readonly<Record<string, string>>;

/** The whole installation with its demo people, as `npm start` has it: every process, behind one public origin. */
export class Whole {
  private readonly services: SpawnedService[] = [];
  private readonly databases: TestDatabase[] = [];
  private frontEnv: Env = {};
  private running: SpawnedService | null = null;

  private constructor(
    readonly origin: string,
    private readonly common: Env,
  ) {}

  static async open(): Promise<Whole> {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const whole = new Whole(origin, {
      DEMO: 'true',
      PORT: '0',
      PUBLIC_URL: origin,
      OIDC_ISSUER: `${origin}/identity`,
      VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      VAULT_INDEX_KEY: randomBytes(32).toString('base64'),
      SWEEP_EVERY_MS: '300',
      STALE_AFTER_MS: '5000',
      WORKLIST_REFRESH_EVERY_MS: '1000',
      PUBLIC_INSTITUTION_ID: DEMO_INSTITUTION,
    });
    try {
      await whole.startAll(port);
      return whole;
    } catch (error) {
      await whole.close().catch(() => undefined);
      throw error;
    }
  }

  get front(): SpawnedService {
    if (this.running === null) throw new Error('the front does not run');
    return this.running;
  }

  /** The public origin again, on the same port. */
  async startFront(): Promise<void> {
    this.running = await this.start('apps/console/server/main.js', this.frontEnv);
  }

  async kill9Front(): Promise<void> {
    await this.front.kill9();
    this.services.splice(this.services.indexOf(this.front), 1);
  }

  /** As a machine client of the demo, at the public origin. */
  async asMachine(client: string, path: string, init: RequestInit = {}): Promise<Response> {
    const credentials = Buffer.from(`${client}:${demoSecret(client)}`).toString('base64');
    const given = await fetch(`${this.origin}/identity/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await given.json()) as { access_token: string };
    return await fetch(`${this.origin}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  }

  /** Imports a file into collections, to its end. */
  async import(kind: string, csv: string): Promise<void> {
    const form = new FormData();
    form.set('kind', kind);
    form.set('file', new Blob([csv]), `${kind}.csv`);
    const begun = await this.asMachine('demo-core', '/api/collections/v1/imports', { method: 'POST', body: form });
    const { id } = (await begun.json()) as { id: string };
    await eventually(`the end of the import of ${kind}`, async () => {
      const view = (await (await this.asMachine('demo-core', `/api/collections/v1/imports/${id}`)).json()) as {
        state: string;
        rows: { rejected: number };
      };
      if (view.state === 'failed' || view.rows.rejected > 0) throw new Error(`the import of ${kind} failed: ${JSON.stringify(view)}`);
      return view.state === 'done';
    });
  }

  /** Stops all in the order of a shutdown: the front first, it holds connections to the others. Throws when one of them failed. */
  async close(): Promise<void> {
    const codes = [];
    for (const service of this.services.toReversed()) codes.push(await service.stop());
    await Promise.all(this.databases.map((database) => database.drop()));
    const log = this.services.map((service) => service.log()).join('\n');
    if (codes.some((code) => code !== 0)) throw new Error(`a process did not end well (${codes.join(', ')}):\n${log}`);
    if (log.includes('unexpected error')) throw new Error(`there was an unexpected error:\n${log}`);
  }

  private async database(service: string): Promise<TestDatabase> {
    const database = await testDatabase(service);
    this.databases.push(database);
    return database;
  }

  private async start(entry: string, env: Env): Promise<SpawnedService> {
    const service = await spawnService(entry, { ...this.common, ...env });
    this.services.push(service);
    return service;
  }

  private async startAll(port: number): Promise<void> {
    const [ledger, desk, logins, sessions] = await Promise.all([
      this.database('collections'),
      this.database('complaints'),
      this.database('identity'),
      this.database('console'),
    ]);
    const ofLogins = { ...this.common, DATABASE_URL: logins.appUrl, MIGRATION_DATABASE_URL: logins.ownerUrl };
    await prepareDatabase(readConfig(migrationSettings, ofLogins));
    const identity = await this.start('apps/identity/src/main.js', { DATABASE_URL: logins.appUrl });
    const keys = { OIDC_JWKS_URL: `${identity.url}/identity/jwks` };
    const ofLedger = { ...keys, DATABASE_URL: ledger.appUrl };
    // The services meet in one queue store.
    const ofDesk = { ...keys, DATABASE_URL: desk.appUrl, QUEUE_DATABASE_URL: ledger.appUrl };
    // One after the other: all at once they keep a busy machine from having any of them ready in time.
    const collections = await this.start('apps/collections/src/main.js', ofLedger);
    const complaints = await this.start('apps/complaints/src/main.js', ofDesk);
    await this.start('apps/collections/src/worker.js', ofLedger);
    await this.start('apps/complaints/src/worker.js', ofDesk);
    this.frontEnv = {
      ...keys,
      PORT: String(port),
      COLLECTIONS_URL: collections.url,
      COMPLAINTS_URL: complaints.url,
      IDENTITY_URL: identity.url,
      DATABASE_URL: sessions.appUrl,
      OIDC_CLIENT_SECRET: demoSecret(DEMO_CONSOLE_CLIENT),
    };
    await this.startFront();
  }
}
