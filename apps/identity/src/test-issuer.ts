import { jest } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { readConfig } from '#config';
import { createLogger } from '#telemetry';
import { migrationSettings, settings, type Config } from './config.ts';
import { DEMO_CONSOLE_CLIENT, demoSecret } from './demo.ts';
import { prepareDatabase } from './migrate.ts';
import { startService, type RunningService } from './service.ts';
import { testDatabase, type TestDatabase } from '#testkit';

// For the tests of this app: an issuer on real PostgreSQL, and as much of a browser as signing in needs.
// Every password check costs a tenth of a second of a core on purpose, and the cores are shared.
jest.setTimeout(60_000);

export const ORIGIN = 'http://localhost:3000';
export const logger = createLogger('identity-test', 'silent');
export let database: TestDatabase;
export let service: RunningService;
export let env: Record<string, string>;
export let admin: Client;

export const configFor = (changes: Record<string, string> = {}): Config => readConfig(settings, { ...env, ...changes });

/** A service on a database of its own, with the demo logins. Call in beforeAll. */
export async function openIssuer(): Promise<void> {
  database = await testDatabase('identity');
  env = {
    DATABASE_URL: database.appUrl,
    MIGRATION_DATABASE_URL: database.ownerUrl,
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    VAULT_INDEX_KEY: randomBytes(32).toString('base64'),
    DEMO: 'true',
    PORT: '0',
    DATABASE_POOL: '8',
  };
  await prepareDatabase(readConfig(migrationSettings, env));
  service = await startService(configFor(), logger);
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
}

export async function closeIssuer(): Promise<void> {
  await admin.end();
  await service.stop();
  await database.drop();
}

/** Runs the work against another process on the same database, or puts a restarted one in the place of the first. */
export function useService(other: RunningService): void {
  service = other;
}

/** Public addresses lead to the service under test, as the front proxy leads them. */
export const internal = (address: string): string => address.replace(ORIGIN, `http://127.0.0.1:${service.port}`);

export const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(internal(`${ORIGIN}${path}`), { redirect: 'manual', ...init });

export const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

export const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(fields).toString(),
});

export const clientToken = (id: string, secret: string): Promise<Response> =>
  call('/identity/token', form({ grant_type: 'client_credentials' }, { authorization: basic(id, secret) }));

/** It keeps cookies, by path, and follows redirects to the issuer. */
export class Browser {
  private readonly jar = new Map<string, { value: string; path: string }>();

  constructor(private readonly address = '198.51.100.7') {}

  async go(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.jar].filter(([, { path }]) => pathname.startsWith(path)).map(([name, { value }]) => `${name}=${value}`);
    const headers = { ...(init.headers as Record<string, string>), cookie: cookie.join('; '), 'x-forwarded-for': this.address };
    const answer = await fetch(internal(url), { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const at = pair.indexOf('=');
      const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/';
      if (/expires=Thu, 01 Jan 1970/i.test(line)) this.jar.delete(pair.slice(0, at));
      else this.jar.set(pair.slice(0, at), { value: pair.slice(at + 1), path });
    }
    return answer;
  }

  /** Follows redirects until a page or an address that is not the issuer's. */
  async follow(answer: Response): Promise<{ url: string; answer: Response }> {
    let current = answer;
    let url = '';
    while (current.status >= 300 && current.status < 400) {
      url = new URL(current.headers.get('location') ?? '', ORIGIN).href;
      if (!url.startsWith(`${ORIGIN}/identity/`)) break;
      current = await this.go(url);
    }
    return { url, answer: current };
  }
}

export const verifier = randomBytes(32).toString('base64url');
export const authorization = new URLSearchParams({
  client_id: DEMO_CONSOLE_CLIENT,
  response_type: 'code',
  scope: 'openid profile',
  redirect_uri: `${ORIGIN}/auth/callback`,
  state: 's1',
  nonce: 'n1',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
});

export async function openLogin(browser: Browser, headers: Record<string, string> = {}): Promise<{ url: string; answer: Response }> {
  return await browser.follow(await browser.go(`${ORIGIN}/identity/auth?${authorization}`, { headers }));
}

export const exchange = (code: string, codeVerifier = verifier): Promise<Response> =>
  call(
    '/identity/token',
    form(
      { grant_type: 'authorization_code', code, redirect_uri: `${ORIGIN}/auth/callback`, code_verifier: codeVerifier },
      { authorization: basic(DEMO_CONSOLE_CLIENT, demoSecret(DEMO_CONSOLE_CLIENT)) },
    ),
  );

export async function signIn(browser: Browser, login: string, password: string): Promise<string> {
  const { url } = await openLogin(browser);
  const end = await browser.follow(await browser.go(url, form({ login, password })));
  return URL.canParse(end.url) ? (new URL(end.url).searchParams.get('code') ?? '') : '';
}
