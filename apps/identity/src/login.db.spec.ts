import { randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { DEMO_CONSOLE_CLIENT, demoPeople, demoSecret } from './demo.ts';
import {
  admin,
  authorization,
  basic,
  Browser,
  call,
  closeIssuer,
  exchange,
  form,
  openIssuer,
  openLogin,
  ORIGIN,
  signIn,
} from './test-issuer.ts';
import { ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_ADDRESS } from './throttle.ts';

beforeAll(openIssuer);
afterAll(closeIssuer);
beforeEach(() => admin.query('delete from login_attempt'));

const guess = async (browser: Browser, login: string, password: string): Promise<Response> => {
  const { url } = await openLogin(browser);
  return await browser.go(url, form({ login, password }));
};

describe('people', () => {
  it('sign in with code and PKCE, and the token says who they are', async () => {
    const browser = new Browser();
    const page = await openLogin(browser);
    expect(page.answer.status).toBe(200);
    expect(page.answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await page.answer.text();
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).not.toMatch(/(src|href)="http/);
    const code = await signIn(browser, 'agency-supervisor', 'forbear-demo');
    const answer = await exchange(code);
    expect(answer.status).toBe(200);
    const tokens = (await answer.json()) as { access_token: string; id_token: string; refresh_token: string };
    const person = { institution_id: 'demo-bank', agency_id: 'agency-a', roles: ['agency-supervisor'] };
    expect(decodeJwt(tokens.access_token)).toMatchObject({ aud: 'forbear', client_id: DEMO_CONSOLE_CLIENT, ...person });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ aud: DEMO_CONSOLE_CLIENT, nonce: 'n1', name: '周立军', ...person });
    const refreshed = await call(
      '/identity/token',
      form(
        { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
        { authorization: basic(DEMO_CONSOLE_CLIENT, demoSecret(DEMO_CONSOLE_CLIENT)) },
      ),
    );
    expect(refreshed.status).toBe(200);
    expect((await exchange(code)).status).toBe(400);
  });

  it('are all there, one per role', async () => {
    for (const { login, password, role } of demoPeople) {
      const tokens = (await (await exchange(await signIn(new Browser(), login, password))).json()) as { access_token: string };
      expect(decodeJwt(tokens.access_token)).toMatchObject({ roles: [role] });
    }
  });

  it('get no token without the verifier of their own browser', async () => {
    const code = await signIn(new Browser(), 'agent', 'forbear-demo');
    expect((await exchange(code, randomBytes(32).toString('base64url'))).status).toBe(400);
  });

  it('are refused an authorization without PKCE', async () => {
    const plain = new URLSearchParams(authorization);
    plain.delete('code_challenge');
    plain.delete('code_challenge_method');
    const answer = await call(`/identity/auth?${plain}`);
    expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request');
  });

  it('read the page in English when their browser or they ask for it', async () => {
    const browser = new Browser();
    const { url, answer } = await openLogin(browser);
    expect(await answer.text()).toContain('English');
    expect(await (await browser.go(url, { headers: { 'accept-language': 'en-GB,zh;q=0.5' } })).text()).toContain('<html lang="en">');
    expect(await (await browser.go(`${url}?lang=en`)).text()).toContain('Sign in');
  });

  it('read it in the language of the application they come from', async () => {
    const asked = new URLSearchParams(authorization);
    asked.set('ui_locales', 'en');
    const browser = new Browser();
    const chinese = { headers: { 'accept-language': 'zh-CN' } };
    const { url, answer } = await browser.follow(await browser.go(`${ORIGIN}/identity/auth?${asked}`, chinese));
    expect(await answer.text()).toContain('<html lang="en">');
    expect(await (await browser.go(`${url}?lang=zh`)).text()).toContain('<html lang="zh-CN">');
  });

  it('are signed out at once by the application that they signed in through, and asked when anybody else wants it', async () => {
    const browser = new Browser();
    const tokens = (await (await exchange(await signIn(browser, 'agent', 'forbear-demo'))).json()) as { id_token: string };
    const stranger = (await (await exchange(await signIn(new Browser(), 'admin', 'forbear-demo'))).json()) as { id_token: string };
    const end = async (hint: string): Promise<string> => {
      const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: `${ORIGIN}/` });
      return await (await browser.go(`${ORIGIN}/identity/session/end?${query}`)).text();
    };
    for (const asking of [await end(stranger.id_token), await (await browser.go(`${ORIGIN}/identity/session/end`)).text()]) {
      expect(asking).toContain('保持登录');
      expect(asking).not.toContain('<script>');
    }
    const page = await end(tokens.id_token);
    expect(page).toContain('<script>document.forms[0].submit()</script>');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(page).toContain('name="logout" value="yes"');
    const out = await browser.go(`${ORIGIN}/identity/session/end/confirm`, form({ xsrf, logout: 'yes' }));
    expect(out.headers.get('location')).toBe(`${ORIGIN}/`);
    expect((await openLogin(browser)).answer.status).toBe(200);
  });

  it('are told the same about an unknown account and a wrong password', async () => {
    const texts: string[] = [];
    for (const login of ['agent', 'nobody']) {
      const browser = new Browser();
      const { url } = await openLogin(browser);
      const answer = await browser.go(url, form({ login, password: 'wrong' }));
      expect(answer.status).toBe(401);
      texts.push((await answer.text()).replaceAll(login, '*'));
    }
    expect(texts[0]).toBe(texts[1]);
  });

  it('who were made inactive get no further token', async () => {
    const code = await signIn(new Browser(), 'regulator', 'forbear-demo');
    await admin.query(`update person set active = false where login = 'regulator'`);
    const answers = [await exchange(code), await exchange(await signIn(new Browser(), 'regulator', 'forbear-demo'))];
    await admin.query(`update person set active = true where login = 'regulator'`);
    expect(answers.map((answer) => answer.status)).toEqual([400, 400]);
  });

  it('cannot be signed in by a form on somebody else’s site', async () => {
    const browser = new Browser();
    const { url } = await openLogin(browser);
    const answer = await browser.go(url, form({ login: 'agent', password: 'forbear-demo' }, { 'sec-fetch-site': 'cross-site' }));
    expect(answer.status).toBe(400);
    expect((await new Browser().go(url, form({ login: 'agent', password: 'forbear-demo' }))).status).toBe(400);
  });
});

describe('guessing', () => {
  it('is stopped per account, also when all guesses are sent at once, and even for the right password', async () => {
    const browsers = Array.from({ length: ATTEMPTS_PER_ACCOUNT + 3 }, (_, at) => new Browser(`198.51.100.${at}`));
    const answers = await Promise.all(browsers.map((browser) => guess(browser, 'Agent', 'wrong')));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([...Array(ATTEMPTS_PER_ACCOUNT).fill(401), 429, 429, 429]);
    const late = await guess(new Browser('203.0.113.1'), 'agent', 'forbear-demo');
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(600);
    await admin.query('update login_attempt set window_ends_at = now()');
    expect((await guess(new Browser(), 'agent', 'forbear-demo')).status).toBe(303);
  });

  it('is stopped per address as the trusted proxy tells it, not as the caller does', async () => {
    const statuses: number[] = [];
    for (let at = 0; at <= ATTEMPTS_PER_ADDRESS; at += 1) {
      statuses.push((await guess(new Browser(`10.0.0.${at}, 203.0.113.9`), `nobody-${at}`, 'wrong')).status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await guess(new Browser('203.0.113.10'), 'agent', 'forbear-demo')).status).toBe(303);
  });
});
