import { randomBytes } from 'node:crypto';
import { closeAll, echo, upstream } from '../test-front.ts';
import { Surroundings, TestBrowser, type Console } from './test-console.ts';

let bank: Surroundings;
let service: string;
let front: Console;
let other: Console;

beforeAll(async () => {
  bank = await Surroundings.open();
  service = await upstream(echo);
  front = await bank.start({ COLLECTIONS_URL: service });
  other = await bank.start({ COLLECTIONS_URL: service });
});
afterAll(async () => {
  await bank.close();
  await closeAll();
});
beforeEach(async () => {
  await bank.admin.query('delete from session');
  bank.issuer.mood = 'well';
  bank.issuer.refreshes = 0;
  bank.issuer.nextAccessSeconds = 3600;
});

const tokenSeen = async (answer: Response): Promise<string | undefined> =>
  ((await answer.json()) as { headers: Record<string, string> }).headers['authorization'];
const cases = '/api/collections/v1/cases';

/** A browser signed in with an access token that ends within the minute, or has ended. */
async function nearItsEnd(seconds: number): Promise<TestBrowser> {
  const browser = new TestBrowser(front);
  await browser.signIn(bank.issuer);
  await bank.admin.query('update session set access_ends_at = now() + make_interval(secs => $1)', [seconds]);
  return browser;
}

describe('an access token near its end', () => {
  it('is renewed once, however many requests of however many processes want it', async () => {
    const browser = await nearItsEnd(20);
    const before = await tokenSeen(await new TestBrowser(front).go(cases));
    const { promise: hold, resolve: letGo } = Promise.withResolvers<void>();
    bank.issuer.hold = hold;
    const session = [...browser.cookies];
    const asked = Array.from({ length: 12 }, (_, at) => {
      const tab = new TestBrowser(at % 2 === 0 ? front : other);
      for (const [name, value] of session) tab.cookies.set(name, value);
      return tab.go(cases).then(tokenSeen);
    });
    letGo();
    const tokens = new Set(await Promise.all(asked));
    bank.issuer.hold = null;
    expect(tokens.size).toBe(1);
    expect([...tokens][0]).toMatch(/^Bearer eyJ/);
    expect([...tokens][0]).not.toBe(before);
    expect(bank.issuer.refreshes).toBe(1);
    // The refresh token of the renewal is kept: it renews again.
    await bank.admin.query('update session set access_ends_at = now()');
    expect(await browser.who()).toMatchObject({ signedIn: true, name: '陈思远' });
    expect(bank.issuer.refreshes).toBe(2);
  });

  it('is used while the issuer is away and it lasts', async () => {
    const browser = await nearItsEnd(20);
    bank.issuer.mood = 'away';
    expect(await tokenSeen(await browser.go(cases))).toMatch(/^Bearer eyJ/);
  });

  it('that has ended is 503 while the issuer is away, and the session goes on after', async () => {
    const browser = await nearItsEnd(-1);
    bank.issuer.mood = 'away';
    for (const path of [cases, '/auth/session']) {
      const answer = await browser.ask(path);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await answer.json()).toMatchObject({ type: '/problems/unavailable' });
    }
    bank.issuer.mood = 'well';
    expect(await browser.who()).toMatchObject({ signedIn: true });
  });

  it('that the issuer does not renew ends the session', async () => {
    const browser = await nearItsEnd(20);
    bank.issuer.mood = 'refusing';
    expect(await tokenSeen(await browser.go(cases))).toBeUndefined();
    expect(browser.cookies.size).toBe(0);
    expect(await bank.rows()).toHaveLength(0);
    expect(await browser.who()).toEqual({ signedIn: false });
  });
});

describe('a session', () => {
  it('outlives the process', async () => {
    const first = await bank.start({ COLLECTIONS_URL: service });
    const browser = new TestBrowser(first);
    await browser.signIn(bank.issuer);
    await first.stop();
    expect(await browser.use(other).who()).toMatchObject({ signedIn: true });
  });

  it.each([
    ['unused for 30 minutes', `used_at = now() - interval '30 minutes 1 second'`],
    ['10 hours old', 'ends_at = now()'],
  ])('is over when %s, and is then removed', async (_, change) => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    await bank.admin.query(`update session set ${change}`);
    expect(await browser.who()).toEqual({ signedIn: false });
    expect(await bank.rows()).toHaveLength(1);
    await front.sessions.clean();
    expect(await bank.rows()).toHaveLength(0);
  });

  it('lasts ten hours at most, and is left by a cleaning while it does', async () => {
    await new TestBrowser(front).signIn(bank.issuer);
    await front.sessions.clean();
    const { rows } = await bank.admin.query('select extract(epoch from ends_at - created_at) / 60 as minutes from session');
    expect(Number(rows[0].minutes)).toBe(600);
  });

  it('is kept in use by what the person does, not by what the page asks by itself', async () => {
    const idle = async (): Promise<number> =>
      Number((await bank.admin.query('select extract(epoch from now() - used_at) / 60 as idle from session')).rows[0].idle);
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    await bank.admin.query(`update session set used_at = now() - interval '20 minutes'`);
    await browser.ask(cases, { headers: { 'x-forbear-background': '1' } });
    expect(await idle()).toBeGreaterThanOrEqual(20);
    await browser.ask(cases);
    expect(await idle()).toBeLessThan(1);
  });

  it('sealed under a key that is gone is over, not an error', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    const rekeyed = await bank.start({ COLLECTIONS_URL: service, VAULT_KEYS: `k2:${randomBytes(32).toString('base64')}` });
    expect(await browser.use(rekeyed).who()).toEqual({ signedIn: false });
  });

  it('does not open in the place of another', async () => {
    const [one, two] = [new TestBrowser(front), new TestBrowser(front)];
    await one.signIn(bank.issuer, { subject: 'one' });
    await two.signIn(bank.issuer, { subject: 'two' });
    await bank.admin.query('update session set sealed = (select sealed from session s where s.id_hash <> session.id_hash)');
    expect(await one.who()).toEqual({ signedIn: false });
  });
});

describe('an issuer that is away', () => {
  it('is a page for a person, a problem for a script, with when to try again', async () => {
    const alone = await bank.start({ OIDC_ISSUER: 'http://127.0.0.1:1' });
    const browser = new TestBrowser(alone);
    const page = await browser.go('/auth/login?to=/cases', { headers: { 'accept-language': 'en-GB' } });
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '2']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('Signing in is not possible at the moment');
    const problem = await browser.ask('/auth/login');
    expect([problem.status, await problem.json()]).toEqual([503, expect.objectContaining({ type: '/problems/unavailable' })]);
  });

  it('is found when it is back', async () => {
    const late = await bank.start();
    bank.issuer.mood = 'away';
    expect((await new TestBrowser(late).go('/auth/login')).status).toBe(503);
    bank.issuer.mood = 'well';
    expect((await new TestBrowser(late).go('/auth/login')).status).toBe(303);
  });

  it('at the last step leaves the person with a page, and nobody signed in', async () => {
    const browser = new TestBrowser(front);
    const back = bank.issuer.consent((await browser.go('/auth/login')).headers.get('location') ?? '');
    bank.issuer.mood = 'away';
    expect((await browser.go(back)).status).toBe(503);
    expect(await bank.rows()).toHaveLength(0);
  });
});
