import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { Surroundings, TestBrowser, type Console } from './test-console.ts';

const SCRIPT = 'console.log("the app")';
let bank: Surroundings;
let folder: string;
let front: Console;

beforeAll(async () => {
  bank = await Surroundings.open();
  folder = mkdtempSync(join(tmpdir(), 'forbear-app-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><div id="root"></div><script type="module" src="/assets/app-1a2b.js"></script>',
  );
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
  writeFileSync(join(folder, 'assets/app-1a2b.js'), SCRIPT);
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, 'assets/app-1a2b.js.map'), '{}');
  front = await bank.start({}, folder);
});
afterAll(async () => {
  await bank.close();
  rmSync(folder, { recursive: true });
});

async function signedIn(at: Console = front): Promise<TestBrowser> {
  const browser = new TestBrowser(at);
  await browser.signIn(bank.issuer);
  return browser;
}

describe('signed out', () => {
  it('`/` is the start page with a way in', async () => {
    const answer = await new TestBrowser(front).go('/');
    expect(answer.headers.get('vary')).toBe('Cookie');
    expect(await answer.text()).toContain('href="/auth/login"');
  });

  it.each(['/cases', '/complaints/01?tab=clock', '/nothing.html', '/%E6%9C%89'])('%s leads to the sign-in and back', async (path) => {
    const answer = await new TestBrowser(front).go(path);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`/auth/login?${new URLSearchParams({ to: path })}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('an address of another origin in disguise leads to the start', async () => {
    expect((await new TestBrowser(front).go('//evil.example/x')).headers.get('location')).toBe('/auth/login?to=%2F');
  });
});

describe('signed in', () => {
  it.each(['/', '/cases', '/complaints/01/clock', '/reports?kind=x'])(
    '%s is the app, under a policy without inline scripts',
    async (path) => {
      const browser = await signedIn();
      const answer = await browser.go(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('id="root"');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("default-src 'none'");
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
      expect((await browser.go(path, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })).status).toBe(304);
      expect((await browser.go(path, { method: 'HEAD' })).status).toBe(200);
    },
  );

  it.each([
    ['what asks for no page', '/cases', { headers: { accept: 'application/json' } }],
    ['a change', '/cases', { method: 'POST' }],
    ['an address of a service', '/api/collections/nothing', {}],
    ['a file that is not there', '/assets/gone-1.js', {}],
    ['a source map', '/assets/app-1a2b.js.map', {}],
    ['what lies beside', '/assets/..%2f..%2fpackage.json', {}],
    ['the document by its file name, asked for as no page', '/index.html', { headers: { accept: '*/*' } }],
  ])('%s is a problem, not the app', async (_, path, init) => {
    const answer = await (await signedIn()).go(path, init);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('where there is no build one page says so', async () => {
    const bare = await bank.start({}, join(folder, 'nowhere'));
    const answer = await (await signedIn(bare)).go('/', { headers: { 'accept-language': 'en' } });
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('The console is not built')]);
  });
});

describe('files of the app', () => {
  // Not fetch: with a condition it forbids any cached answer by itself.
  const load = (path: string, headers: Record<string, string>): Promise<{ status?: number; headers: IncomingHttpHeaders; text: string }> =>
    new Promise((resolve) => {
      get(`${front.url}${path}`, { headers }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
      });
    });

  it('with a hash in their name are kept for ever, the others are asked for', async () => {
    const script = await load('/assets/app-1a2b.js', {});
    expect(script.text).toBe(SCRIPT);
    expect(script.headers['content-type']).toContain('javascript');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await load('/assets/app-1a2b.js', { 'if-none-match': script.headers.etag ?? '' })).status).toBe(304);
    const icon = await load('/favicon.svg', {});
    expect([icon.headers['content-type'], icon.headers['cache-control']]).toEqual(['image/svg+xml', 'public, no-cache']);
  });

  it('go out compressed where they lie compressed', async () => {
    const { headers } = await load('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
    expect(headers).toMatchObject({ 'content-encoding': 'br', vary: expect.stringMatching(/accept-encoding/i) });
    expect(headers['content-type']).toContain('javascript');
  });
});

it('with its store away the origin tells so: pages 503, the start page and machines as ever', async () => {
  const browser = await signedIn();
  const { name } = bank.database;
  await bank.admin.query(`alter database ${name} connection limit 0`);
  try {
    await bank.admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`, [name]);
    const page = await browser.go('/cases');
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    expect(await (await browser.go('/')).text()).toContain('id="services"');
    expect((await browser.go('/api/collections/v1/cases')).status).toBe(503);
    const health = await new TestBrowser(front).go('/health/ready');
    expect(await health.json()).toMatchObject({ services: [{}, {}, {}, { name: 'sessions', state: 'down' }] });
    const machine = await new TestBrowser(front).go('/api/collections/v1/cases', { headers: { authorization: 'Bearer t' } });
    // The service itself is not there in this test.
    expect(await machine.json()).toMatchObject({ detail: 'The collections service is not running or restarting.' });
  } finally {
    await bank.admin.query(`alter database ${name} connection limit -1`);
  }
  expect((await browser.go('/cases')).status).toBe(200);
});
