import { randomBytes } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { Client } from 'pg';
import { createDataSource } from '#pg';
import { openVault } from './config.ts';
import { rotateKeys } from './keys.ts';
import { startService } from './service.ts';
import {
  admin,
  authorization,
  Browser,
  clientToken,
  closeIssuer,
  configFor,
  database,
  env,
  logger,
  openIssuer,
  openLogin,
  service,
  signIn,
  useService,
} from './test-issuer.ts';

beforeAll(openIssuer);
afterAll(closeIssuer);

const keyIds = async (port: number): Promise<string[]> => {
  const jwks = (await (await fetch(`http://127.0.0.1:${port}/identity/jwks`)).json()) as { keys: { kid: string; d?: string }[] };
  expect(jwks.keys.every((key) => key.d === undefined)).toBe(true);
  return jwks.keys.map((key) => key.kid);
};

const signedBy = async (): Promise<string | undefined> => {
  const body = (await (await clientToken('demo-core', 'demo-core-secret')).json()) as { access_token: string };
  return decodeProtectedHeader(body.access_token).kid;
};

describe('keys and state', () => {
  it('are the same for a replica, for a restart, and under a new vault key', async () => {
    const before = await keyIds(service.port);
    const rotated = configFor({ VAULT_KEYS: `k2:${randomBytes(32).toString('base64')},${env['VAULT_KEYS']}` });
    const replica = await startService(rotated, logger);
    try {
      expect(await keyIds(replica.port)).toEqual(before);
      const browser = new Browser();
      const { url } = await openLogin(browser);
      const first = service;
      useService(replica);
      const answer = await browser.go(url).finally(() => useService(first));
      expect(answer.status).toBe(200);
      const sealed = await admin.query<{ sealed: Buffer }>('select sealed from issuer_key');
      expect(sealed.rows.every((row) => openVault(rotated).isCurrent(row.sealed))).toBe(true);
    } finally {
      await replica.stop();
    }
    await service.stop();
    env['VAULT_KEYS'] = rotated.vaultKeys.join(',');
    useService(await startService(configFor(), logger));
    expect(await keyIds(service.port)).toEqual(before);
  });

  it('rotate: announced first, signing later, noticed without a restart', async () => {
    const before = await keyIds(service.port);
    const source = await createDataSource({ url: database.appUrl, poolSize: 1, applicationName: 'test' });
    await rotateKeys(source, openVault(configFor()));
    await source.destroy();
    await service.reloadKeys();
    const announced = await keyIds(service.port);
    expect(announced).toHaveLength(2);
    expect(await signedBy()).toBe(before[0]);
    await admin.query('update issuer_key set signs_from = now() where signs_from > now()');
    await service.reloadKeys();
    expect(await signedBy()).toBe(announced.find((id) => !before.includes(id)));
    expect((await keyIds(service.port)).toSorted()).toEqual(announced.toSorted());
  });

  it('hold nothing that a dump would give away', async () => {
    const code = await signIn(new Browser(), 'agent', 'forbear-demo');
    const rows = await admin.query<{ all: string }>(
      `select (select coalesce(string_agg(m::text, ''), '') from oidc_model m) || (select string_agg(k::text, '') from issuer_key k)
         || (select string_agg(p::text, '') from person p) || (select string_agg(c::text, '') from client c) as all`,
    );
    const all = rows.rows[0]?.all ?? '';
    for (const secret of [code, '陈思远', Buffer.from('陈思远').toString('hex'), 'forbear-demo', 'demo-core-secret', '"d":']) {
      expect(all).not.toContain(secret);
    }
  });

  it('cannot be widened by the service itself', async () => {
    const app = new Client({ connectionString: database.appUrl });
    await app.connect();
    for (const sql of [
      `update person set roles = '{admin}'`,
      `insert into client (id) values ('x')`,
      'drop table person',
      'create table x ()',
    ]) {
      await expect(app.query(sql)).rejects.toThrow(/permission denied|must be owner/);
    }
    await app.end();
  });
});

describe('behind a proxy that ends TLS', () => {
  it('links and cookies follow the configured issuer, whatever the request says about its host', async () => {
    const issuer = 'https://collect.example/identity';
    const other = await startService(configFor({ OIDC_ISSUER: issuer }), logger);
    try {
      const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
      const at = `http://127.0.0.1:${other.port}/identity`;
      const discovery = (await (await fetch(`${at}/.well-known/openid-configuration`, { headers })).json()) as Record<string, string>;
      expect(discovery).toMatchObject({ issuer, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` });
      const answer = await fetch(`${at}/auth?${authorization}`, { headers, redirect: 'manual' });
      expect(answer.status).toBe(303);
      expect(new URL(answer.headers.get('location') ?? '', issuer).href).toMatch(`${issuer}/interaction/`);
      for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/path=\/identity.*; secure; httponly/i);
    } finally {
      await other.stop();
    }
  });
});

describe('starting', () => {
  it('is refused with demo logins and without DEMO=true, in one plain line', async () => {
    await expect(startService(configFor({ DEMO: 'false' }), logger)).rejects.toThrow(/^23 demo logins with published passwords exist here/);
  });

  it('is refused when the port is taken', async () => {
    await expect(startService(configFor({ PORT: String(service.port) }), logger)).rejects.toThrow(/port \d+ is in use/);
  });
});
