import { createHash } from 'node:crypto';
import { closeAll, echo, upstream } from '../test-front.ts';
import { Surroundings, TestBrowser, type Console } from './test-console.ts';

let bank: Surroundings;
let front: Console;

beforeAll(async () => {
  bank = await Surroundings.open();
  front = await bank.start({ COLLECTIONS_URL: await upstream(echo) });
});
afterAll(async () => {
  await bank.close();
  await closeAll();
});
beforeEach(() => bank.admin.query('delete from session'));

const COOKIE = 'forbear_console';

describe('signing in', () => {
  it('asks the issuer with code, PKCE, state and nonce, in the language of the page', async () => {
    const browser = new TestBrowser(front);
    const answer = await browser.go('/auth/login?to=/cases&lang=en');
    expect(answer.status).toBe(303);
    const url = new URL(answer.headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe(`${bank.issuer.url}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'forbear-console',
      scope: 'openid profile',
      redirect_uri: 'http://console.test/auth/callback',
      code_challenge_method: 'S256',
      ui_locales: 'en',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(browser.setCookies.join()).not.toContain(url.searchParams.get('state'));
  });

  it('ends where it was begun, with a cookie that no script reads, and tells who it is', async () => {
    const browser = new TestBrowser(front);
    expect(await browser.who()).toEqual({ signedIn: false });
    const answer = await browser.signIn(bank.issuer, {}, '/cases/7?channel=voice');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/cases/7?channel=voice']);
    expect(browser.setCookies.at(-1)).toMatch(/^forbear_console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect([...browser.cookies.keys()]).toEqual([COOKIE]);
    expect(await browser.who()).toEqual({
      signedIn: true,
      subject: 'p-1',
      name: '陈思远',
      institutionId: 'bank-1',
      agencyId: 'agency-a',
      roles: ['agent'],
    });
  });

  it('keeps neither the cookie nor a token in the open', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    const id = browser.cookies.get(COOKIE) ?? '';
    const [row] = await bank.rows();
    expect(row?.id_hash).toEqual(createHash('sha256').update(id).digest());
    const stored = row?.sealed.toString('latin1') ?? '';
    for (const secret of [id, 'refresh-', 'eyJ', '陈思远']) expect(stored).not.toContain(secret);
  });

  it('gives a new session each time, and ends the one before', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    const first = browser.cookies.get(COOKIE);
    await browser.signIn(bank.issuer, { subject: 'p-2' });
    expect(browser.cookies.get(COOKIE)).not.toBe(first);
    expect(await bank.rows()).toHaveLength(1);
    expect(await browser.who()).toMatchObject({ subject: 'p-2' });
  });

  it('works in several tabs at once', async () => {
    const browser = new TestBrowser(front);
    const tabs = [];
    for (const to of ['/one', '/two']) tabs.push((await browser.go(`/auth/login?to=${to}`)).headers.get('location') ?? '');
    const ends = [];
    for (const tab of tabs) ends.push((await browser.go(bank.issuer.consent(tab))).headers.get('location'));
    expect(ends).toEqual(['/one', '/two']);
    for (let at = 0; at < 10; at += 1) await browser.go('/auth/login');
    expect(browser.cookies.size).toBeLessThan(7);
  });

  it('binds the cookie to the host where there is https', async () => {
    const browser = new TestBrowser(await bank.start({ PUBLIC_URL: 'https://collect.example' }));
    await browser.signIn(bank.issuer);
    expect(browser.setCookies.at(-1)).toMatch(/^__Host-forbear_console=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('does not let a browser in with an answer that it did not ask for', async () => {
    const attacker = new TestBrowser(front);
    const begun = (await attacker.go('/auth/login')).headers.get('location') ?? '';
    const victim = new TestBrowser(front);
    await victim.go('/auth/login');
    const answer = await victim.go(bank.issuer.consent(begun, { subject: 'attacker' }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('此次登录已失效');
    expect(await victim.who()).toEqual({ signedIn: false });
    expect(await bank.rows()).toHaveLength(0);
  });

  it('takes an answer once, and only one made for this sign-in', async () => {
    const browser = new TestBrowser(front);
    const back = bank.issuer.consent((await browser.go('/auth/login')).headers.get('location') ?? '');
    expect((await browser.go(back)).status).toBe(303);
    expect((await browser.go(back)).status).toBe(400);
    expect((await browser.signIn(bank.issuer, { nonce: 'of-another' })).status).toBe(400);
    const other = (await browser.go('/auth/login')).headers.get('location') ?? '';
    const denied = new URL(other).searchParams.get('state') ?? '';
    const refused = await browser.go(
      `/auth/callback?${new URLSearchParams({ error: 'access_denied', state: denied, iss: bank.issuer.url })}`,
    );
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('未能登录')]);
    expect(await bank.rows()).toHaveLength(1);
  });

  it.each([
    ['another audience', { audience: 'elsewhere' }],
    ['no role of ours', { roles: ['cook'] }],
  ])('does not let in whose token has %s, and says so in their language', async (_, grant) => {
    const browser = new TestBrowser(front);
    const begun = (await browser.go('/auth/login')).headers.get('location') ?? '';
    const answer = await browser.go(bank.issuer.consent(begun, grant), { headers: { 'accept-language': 'en' } });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('This account has no access')]);
    expect(await bank.rows()).toHaveLength(0);
  });

  it.each([
    '/auth/callback',
    '/auth/callback?state=',
    '/auth/callback?state=x&state=y',
    '/auth/callback?code=%00&state=%00',
    '/auth/callback?x[]=1',
  ])('answers garbage with a page: %s', async (path) => {
    expect((await new TestBrowser(front).go(path)).status).toBe(400);
  });
});

describe('a session cookie', () => {
  const seen = async (answer: Response): Promise<Record<string, string>> =>
    ((await answer.json()) as { headers: Record<string, string> }).headers;

  it('becomes a token on the way to a service, which sees no cookie', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    const headers = await seen(await browser.go('/api/collections/v1/cases'));
    expect(headers['authorization']).toMatch(/^Bearer eyJ/);
    expect(headers['cookie']).toBeUndefined();
    expect((await seen(await browser.go('/api/collections/docs')))['authorization']).toBeUndefined();
  });

  it('takes along which institution a regulator has chosen, where it names one', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    const named = async (value: string): Promise<string | undefined> => {
      browser.cookies.set('forbear_institution', value);
      return (await seen(await browser.go('/api/collections/v1/cases')))['forbear-institution'];
    };
    expect(await named('bank%2D2')).toBe('bank-2');
    for (const wrong of ['', '%', '%0d%0aX-Evil:%201', 'a%20b', '%E5%BC%A0']) expect(await named(wrong)).toBeUndefined();
  });

  it('stands back behind a token that the request brings', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    const init = { method: 'POST', body: '{}', headers: { authorization: 'Bearer mine', 'sec-fetch-site': 'cross-site' } };
    expect((await seen(await browser.go('/api/collections/v1/x', init)))['authorization']).toBe('Bearer mine');
  });

  it.each([
    ['nothing', {}, 403],
    ['the origin alone', { origin: 'http://console.test' }, 403],
    ['the header alone', { 'x-forbear-console': '1' }, 403],
    ['another origin', { 'x-forbear-console': '1', origin: 'http://evil.test' }, 403],
    ['another site', { 'x-forbear-console': '1', origin: 'http://console.test', 'sec-fetch-site': 'same-site' }, 403],
    ['header and origin', { 'x-forbear-console': '1', origin: 'http://console.test' }, 200],
    ['header and fetch site', { 'x-forbear-console': '1', 'sec-fetch-site': 'same-origin' }, 200],
  ] as Array<[string, Record<string, string>, number]>)('changes something with %s: %s %d', async (_, headers, status) => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await browser.go('/api/collections/v1/x', { method, body: '{"a":1}', headers });
      expect(answer.status).toBe(status);
      if (status === 403) expect(await answer.json()).toMatchObject({ type: '/problems/cross-site' });
      else expect(await answer.json()).toMatchObject({ body: '{"a":1}' });
    }
  });

  it('that is none, or over, opens nothing and is taken back', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    await bank.admin.query('delete from session');
    expect((await seen(await browser.go('/api/collections/v1/cases')))['authorization']).toBeUndefined();
    expect(browser.cookies.size).toBe(0);
    for (const value of ['x', '%00', 'a'.repeat(43), `${'a'.repeat(43)}'--`]) {
      browser.cookies.set(COOKIE, value);
      expect(await browser.who()).toEqual({ signedIn: false });
    }
  });
});

describe('signing out', () => {
  it('ends the session here, its tokens, and the one at the issuer', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    const copy = new TestBrowser(front);
    copy.cookies.set(COOKIE, browser.cookies.get(COOKIE) ?? '');
    const answer = await browser.ask('/auth/logout', { method: 'POST' });
    const { to } = (await answer.json()) as { to: string };
    const url = new URL(to);
    expect(url.origin + url.pathname).toBe(`${bank.issuer.url}/end`);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe('http://console.test/');
    expect(url.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect(bank.issuer.revoked.at(-1)).toMatch(/^refresh-/);
    expect(browser.cookies.size).toBe(0);
    expect(await copy.who()).toEqual({ signedIn: false });
  });

  it('works as a plain form, twice, and with the issuer away; never from another site', async () => {
    const browser = new TestBrowser(front);
    await browser.signIn(bank.issuer);
    const form = {
      method: 'POST',
      body: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://console.test' },
    };
    const foreign = await browser.go('/auth/logout', { ...form, headers: { ...form.headers, origin: 'http://evil.test' } });
    expect(foreign.status).toBe(403);
    expect(await browser.who()).toMatchObject({ signedIn: true });
    bank.issuer.mood = 'away';
    try {
      expect((await browser.go('/auth/logout', form)).status).toBe(303);
    } finally {
      bank.issuer.mood = 'well';
    }
    expect(await bank.rows()).toHaveLength(0);
    const again = await browser.go('/auth/logout', form);
    expect([again.status, again.headers.get('location')]).toEqual([303, '/']);
  });
});
