import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Client } from 'pg';
import { readConfig } from '#config';
import { createLogger } from '#telemetry';
import { testDatabase, type TestDatabase } from '#testkit';
import { settings, type Config } from '../config.ts';
import { createFront } from '../front.ts';
import { DOWN } from '../test-front.ts';
import { openSessions, type Sessions } from './sessions.ts';
import { TestIssuer, type Grant } from './test-issuer.ts';

// For the tests of signing in: this server on real PostgreSQL, an issuer, and as much of a browser as a session needs.

export const ORIGIN = 'http://console.test';

export interface Console {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly sessions: Sessions;
  stop(): Promise<void>;
}

export class Surroundings {
  private readonly consoles: Console[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly admin: Client,
    readonly issuer: TestIssuer,
    private readonly env: Record<string, string>,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<Surroundings> {
    const database = await testDatabase('console');
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    const issuer = await TestIssuer.open();
    return new Surroundings(database, admin, issuer, {
      COLLECTIONS_URL: DOWN,
      PUBLIC_URL: ORIGIN,
      DATABASE_URL: database.appUrl,
      OIDC_ISSUER: issuer.url,
      OIDC_CLIENT_SECRET: 's3cret',
      VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      VAULT_INDEX_KEY: randomBytes(32).toString('base64'),
      PORT: '0',
      ...env,
    });
  }

  configFor(env: Record<string, string> = {}): Config {
    return readConfig(settings, { ...this.env, ...env });
  }

  /** One process of several on the same database. */
  async start(env: Record<string, string> = {}, appFolder?: string): Promise<Console> {
    const config = this.configFor(env);
    const logger = createLogger('console-test', 'silent');
    const sessions = await openSessions(config, logger);
    if (sessions === null) throw new Error('the test gives no database');
    const app = await createFront({ config, logger, sessions, ...(appFolder === undefined ? {} : { appFolder }) });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const started: Console = {
      app,
      url,
      sessions,
      stop: async () => {
        this.consoles.splice(this.consoles.indexOf(started), 1);
        app.server.closeAllConnections();
        await app.close();
        await sessions.close();
      },
    };
    this.consoles.push(started);
    return started;
  }

  async rows(): Promise<{ id_hash: Buffer; sealed: Buffer }[]> {
    return (await this.admin.query<{ id_hash: Buffer; sealed: Buffer }>('select * from session')).rows;
  }

  async close(): Promise<void> {
    for (const one of this.consoles.toReversed()) await one.stop();
    await this.issuer.close();
    await this.admin.end();
    await this.database.drop();
  }
}

/** It keeps cookies and says where a request comes from; it follows no redirect by itself. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  /** As sent, with their attributes. */
  readonly setCookies: string[] = [];

  constructor(private at: Console) {}

  /** The same browser, answered by another process. */
  use(other: Console): this {
    this.at = other;
    return this;
  }

  async go(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string>) };
    const answer = await fetch(`${this.at.url}${path}`, { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      this.setCookies.push(line);
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/Max-Age=0|Expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  /** As the console's own scripts ask. */
  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const own = { accept: 'application/json', 'x-forbear-console': '1', origin: ORIGIN };
    return await this.go(path, { ...init, headers: { ...own, ...(init.headers as Record<string, string>) } });
  }

  async signIn(issuer: TestIssuer, grant: Grant = {}, to = '/'): Promise<Response> {
    const begun = await this.go(`/auth/login?${new URLSearchParams({ to })}`);
    return await this.go(issuer.consent(begun.headers.get('location') ?? '', grant));
  }

  async who(): Promise<Record<string, unknown>> {
    return (await (await this.ask('/auth/session')).json()) as Record<string, unknown>;
  }
}
