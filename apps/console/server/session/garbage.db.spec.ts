import { closeAll, echo, upstream } from '../test-front.ts';
import { ORIGIN, Surroundings, TestBrowser, type Console } from './test-console.ts';

// Whatever a browser, or what pretends to be one, sends: an answer, never a fault of ours, and nobody is signed in by it.

let bank: Surroundings;
let front: Console;

beforeAll(async () => {
  bank = await Surroundings.open();
  front = await bank.start({ COLLECTIONS_URL: await upstream(echo) });
});
afterAll(async () => {
  expect(await bank.rows()).toEqual([]);
  await bank.close();
  await closeAll();
});

const LONG = 6000;
// A name of a test that can be read.
const lengthen = (text: string): string => text.replace('LONG', 'x'.repeat(LONG));

const send = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${front.url}${path}`, { redirect: 'manual', ...init });

describe('addresses', () => {
  it.each([
    '/auth',
    '/auth/',
    '/auth/nothing',
    '/auth/login/',
    '/auth/login?to=%zz',
    '/auth/login?to=a&to=b&lang=x&lang=y',
    '/auth/login?to[]=x&__proto__[to]=//evil.example',
    '/auth/login?to=/LONG',
    '/auth/login?to=%00%0d%0aSet-Cookie:%20a=b',
    '/auth/callback?code=a&code=b&state=c',
    '/auth/callback?state=LONG',
    '/auth/callback?error=%3Cscript%3E&state=x',
    '/auth/session?x=%00',
  ])('GET %s', async (path) => {
    const answer = await send(lengthen(path), { headers: { accept: 'text/html' } });
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('location') ?? '').not.toContain('evil');
    expect(answer.headers.getSetCookie().join()).not.toMatch(/(^|,)\s*a=b/);
    expect(await answer.text()).not.toContain('<script');
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s', async (method) => {
    for (const path of ['/auth/login', '/auth/callback', '/auth/logout', '/auth/session'])
      expect((await send(path, { method })).status).toBe(404);
    expect((await send('/auth/logout')).status).toBe(404);
  });
});

describe('cookies', () => {
  it.each([
    'forbear_console',
    'forbear_console=',
    'forbear_console=%',
    'forbear_console=%E0%A4%A',
    `forbear_console=${'é'.repeat(20)}`,
    'forbear_console="quoted"',
    `forbear_console=${'A'.repeat(43)}; forbear_console=${'B'.repeat(43)}`,
    '__proto__=x; constructor=y; forbear_console=toString',
    'forbear_console=LONG',
    ';;;==;;',
  ])('%p', async (cookie) => {
    const headers = { cookie: Buffer.from(lengthen(cookie)).toString('latin1'), accept: 'text/html' };
    for (const path of ['/', '/cases', '/auth/session', '/auth/login', '/api/collections/v1/cases'])
      expect((await send(path, { headers })).status).toBeLessThan(500);
  });

  it('of a sign-in that were tampered with', async () => {
    const browser = new TestBrowser(front);
    const begun = (await browser.go('/auth/login?to=/cases')).headers.get('location') ?? '';
    const [[name, sealed] = ['', '']] = browser.cookies;
    for (const value of [
      '',
      'x',
      sealed.slice(0, -2),
      `${sealed}AA`,
      sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      'AA'.repeat(40),
    ]) {
      browser.cookies.clear();
      browser.cookies.set(name, value);
      expect((await browser.go(bank.issuer.consent(begun))).status).toBe(400);
    }
  });
});

describe('bodies', () => {
  it.each([
    ['JSON that is none', 'application/json', '{"a":'],
    ['a form', 'application/x-www-form-urlencoded', '%%%=&&'],
    ['a type that is none', 'x/;;', 'abc'],
    ['more than anybody needs', 'text/plain', 'x'.repeat(100_000)],
  ])('signing out with %s', async (_, type, body) => {
    const answer = await send('/auth/logout', { method: 'POST', body, headers: { 'content-type': type, origin: ORIGIN } });
    expect([200, 400, 413, 415]).toContain(answer.status);
  });
});
