import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Client } from 'pg';
import type { Role } from '#auth';
import { spawnService, testDatabase, type SpawnedService, type TestDatabase } from '#testkit';
import { caseCsv, USUAL_CASE_ID, type AttemptBody, type CaseCells } from './rows.ts';
import { eventually } from './start/running.ts';

// For the system tests: real processes of a service on a database of their own, and an issuer that gives any token.

const ISSUER = 'https://issuer.test/';
const KEY = 'key-1';
export const BANK = 'bank-1';

export interface Who {
  readonly role: Role;
  readonly institutionId?: string;
  readonly agencyId?: string;
  readonly subject?: string;
}

export interface Call {
  readonly method?: string;
  /** Null: no token. Text: that token. */
  readonly as?: Who | string | null;
  /** Sent as JSON, or as it is when it is text or a form. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which of the HTTP processes; the first when left out. */
  readonly server?: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // The tests say what they expect of an answer.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

export class Issuer {
  private constructor(
    private readonly server: Server,
    private readonly key: Key,
    private readonly strangeKey: Key,
  ) {}

  static async open(): Promise<Issuer> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const strange = await generateKeyPair('ES256');
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: KEY, alg: 'ES256', use: 'sig' }] });
    const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(jwks));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Issuer(server, privateKey, strange.privateKey);
  }

  get env(): Record<string, string> {
    return { OIDC_ISSUER: ISSUER, OIDC_JWKS_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks` };
  }

  async token(who: Who, twist: { audience?: string; issuer?: string; expires?: string; strange?: boolean } = {}): Promise<string> {
    const { role, institutionId = BANK, agencyId, subject = `${role}-1` } = who;
    return new SignJWT({ institution_id: institutionId, roles: [role], ...(agencyId === undefined ? {} : { agency_id: agencyId }) })
      .setProtectedHeader({ alg: 'ES256', kid: KEY })
      .setSubject(subject)
      .setIssuer(twist.issuer ?? ISSUER)
      .setAudience(twist.audience ?? 'forbear')
      .setExpirationTime(twist.expires ?? '1h')
      .sign(twist.strange ? this.strangeKey : this.key);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export interface InstallationOptions {
  readonly service?: 'collections' | 'complaints';
  readonly servers?: number;
  readonly worker?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** One database, some HTTP processes and a worker on it. */
export class Installation {
  readonly servers: SpawnedService[] = [];
  worker: SpawnedService | null = null;
  private readonly ended: SpawnedService[] = [];

  private constructor(
    readonly db: TestDatabase,
    readonly admin: Client,
    readonly issuer: Issuer,
    readonly env: Readonly<Record<string, string>>,
    private readonly service: string,
  ) {}

  static async open({ service = 'collections', servers = 1, worker = true, env = {} }: InstallationOptions = {}): Promise<Installation> {
    const db = await testDatabase(service);
    const admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    const issuer = await Issuer.open();
    const base = {
      PORT: '0',
      DATABASE_URL: db.appUrl,
      DATABASE_POOL_SIZE: '8',
      VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      VAULT_INDEX_KEY: randomBytes(32).toString('base64'),
      LAPSE_EVERY_MS: '200',
      SWEEP_EVERY_MS: '300',
      // Longer than a batch takes on a busy machine: a run that is taken for dead is run twice.
      STALE_AFTER_MS: '5000',
      LOG_LEVEL: 'debug',
      ...issuer.env,
    };
    const installation = new Installation(db, admin, issuer, { ...base, ...env }, service);
    const started = Array.from({ length: servers }, () => installation.startServer());
    const ready = await Promise.allSettled([...started, ...(worker ? [installation.startWorker()] : [])]);
    const failed = ready.find((one) => one.status === 'rejected');
    if (!failed) return installation;
    // What did start would keep the run from ending.
    await installation.close();
    throw failed.reason;
  }

  async startServer(env: Readonly<Record<string, string>> = {}): Promise<SpawnedService> {
    const server = await spawnService(`apps/${this.service}/src/main.js`, { ...this.env, ...env });
    this.servers.push(server);
    return server;
  }

  async startWorker(): Promise<SpawnedService> {
    if (this.worker) this.ended.push(this.worker);
    return (this.worker = await spawnService(`apps/${this.service}/src/worker.js`, this.env));
  }

  /** Empties the queue's store, as if it had been lost. */
  async forgetQueue(): Promise<void> {
    const url = this.env['REDIS_URL'];
    if (url) {
      const redis = new Redis(url);
      await redis.flushdb();
      await redis.quit();
      return;
    }
    const { rows } = await this.admin.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'bullmq' and tablename not like '%migration%'`,
    );
    // Who works at this moment may stand in the way.
    await eventually('the store is empty', () =>
      this.admin.query(`truncate ${rows.map(({ name }) => `bullmq."${name}"`).join(', ')} cascade`).then(
        () => true,
        (error: { code?: string }) => {
          if (error.code !== '40P01') throw error;
          return false;
        },
      ),
    );
  }

  /** All that any process wrote. */
  logs(): string {
    return [...this.servers, ...this.ended, ...(this.worker ? [this.worker] : [])].map((service) => service.log()).join('\n');
  }

  async close(): Promise<void> {
    await Promise.all([...this.servers, ...this.ended, ...(this.worker ? [this.worker] : [])].map((service) => service.stop()));
    this.issuer.close();
    await this.admin.end();
    await this.db.drop();
  }

  async call(path: string, { method, as = { role: 'integration' }, body, headers = {}, server = 0 }: Call = {}): Promise<Reply> {
    const token = as === null ? null : typeof as === 'string' ? as : await this.issuer.token(as);
    const asIs = typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array || body === undefined;
    const response = await fetch(`${this.servers[server]?.url ?? ''}${path}`, {
      // An answer that does not come is a failure of the test that waits for it.
      signal: AbortSignal.timeout(20_000),
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body instanceof FormData || body === undefined ? {} : { 'content-type': 'application/json' }),
        'accept-language': 'en',
        ...headers,
      },
      ...(body === undefined ? {} : { body: asIs ? (body as string | FormData | Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }

  /** Uploads a file; the answer to the POST. */
  async upload(kind: string, file: string | Uint8Array<ArrayBuffer>, as?: Who, headers: Record<string, string> = {}): Promise<Reply> {
    const form = new FormData();
    form.set('kind', kind);
    form.set('file', new Blob([file]), `${kind}.csv`);
    return this.call('/v1/imports', { body: form, headers, ...(as ? { as } : {}) });
  }

  /** Waits until an import has ended; its view. */
  async untilEnded(id: string, as?: Who): Promise<Reply['json']> {
    let view: Reply['json'];
    await eventually(`the end of import ${id}`, async () => {
      view = (await this.call(`/v1/imports/${id}`, as ? { as } : {})).json;
      return view.state === 'done' || view.state === 'failed';
    });
    return view;
  }

  /** Imports a file to its end. */
  async import(kind: string, file: string | Uint8Array<ArrayBuffer>, as?: Who): Promise<Reply['json']> {
    const { status, text, json } = await this.upload(kind, file, as);
    if (status !== 202) throw new Error(`the import was not taken: ${status} ${text}`);
    return this.untilEnded(json.id, as);
  }

  /** Imports cases, each the usual one but for what is given; what it takes to ask for a contact with each. */
  async cases(rows: readonly CaseCells[], as?: Who): Promise<AttemptBody[]> {
    const view = await this.import('cases', caseCsv(rows), as);
    if (view.rows.rejected > 0) throw new Error(`cases were rejected: ${JSON.stringify(view.errors)}`);
    const whose = as?.institutionId ?? BANK;
    const found = await this.admin.query<{ caseId: string; partyId: string; contactPointId: string }>(
      `select c.case_id as "caseId", p.party_id as "partyId", t.id as "contactPointId" from collection_case c join party p on p.collection_case = c.id
       join contact_point t on t.party = p.id where c.institution_id = $1 and c.case_id = any($2) order by t.id`,
      [whose, rows.map(({ caseId }) => caseId ?? USUAL_CASE_ID)],
    );
    return found.rows.map((row) => ({ ...row, channel: 'voice', mode: 'interactive', purpose: 'collect', collectorIds: ['c1'] }));
  }

  ask(body: object, call: Call = {}): Promise<Reply> {
    return this.call('/v1/contact-attempts', { ...call, body });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
