import { decodeJwt, decodeProtectedHeader } from 'jose';
import { DEMO_CONSOLE_CLIENT, demoClients, demoSecret } from './demo.ts';
import { admin, authorization, Browser, call, clientToken, closeIssuer, form, openIssuer, openLogin, ORIGIN } from './test-issuer.ts';

beforeAll(openIssuer);
afterAll(closeIssuer);

describe('machine clients', () => {
  it.each(demoClients)('$id gets a token for its one role', async ({ id, secret, role, agencyId, institutionId = 'demo-bank' }) => {
    const answer = await clientToken(id, secret);
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { access_token: string; expires_in: number };
    expect(body.expires_in).toBe(3600);
    expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(body.access_token)).toMatchObject({
      iss: `${ORIGIN}/identity`,
      aud: 'forbear',
      sub: id,
      client_id: id,
      institution_id: institutionId,
      ...(role === 'regulator' && { mandate: ['demo-bank-2'] }),
      agency_id: agencyId,
      roles: [role],
    });
  });

  it('may send the secret in the body as well', async () => {
    const fields = { grant_type: 'client_credentials', client_id: 'demo-core', client_secret: 'demo-core-secret' };
    expect((await call('/identity/token', form(fields))).status).toBe(200);
  });

  it.each([
    ['a wrong secret', 'demo-dialer', 'wrong'],
    ['another client’s secret', 'demo-dialer', 'demo-core-secret'],
    ['the stored hash for a secret', 'demo-dialer', 'hash'],
    ['an unknown client', 'nobody', 'x'],
  ])('answers 401 to %s', async (_, id, secret) => {
    const stored = await admin.query<{ secret_hash: string }>(`select secret_hash from client where id = 'demo-dialer'`);
    const answer = await clientToken(id, secret === 'hash' ? (stored.rows[0]?.secret_hash ?? '') : secret);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
  });

  it('does not hand a client token to the console, nor a login to a machine', async () => {
    expect((await clientToken(DEMO_CONSOLE_CLIENT, demoSecret(DEMO_CONSOLE_CLIENT))).status).toBe(400);
    const answer = await call(`/identity/auth?${authorization}&`.replace(DEMO_CONSOLE_CLIENT, 'demo-dialer'));
    expect(answer.status).toBe(400);
  });
});

describe('garbage', () => {
  const FORM = 'application/x-www-form-urlencoded';
  const long = 'x'.repeat(100_000);
  const cases: { method: string; path: string; body?: string; type?: string }[] = [
    { method: 'GET', path: '/identity' },
    { method: 'GET', path: '/identity/' },
    { method: 'GET', path: '/identity/nothing' },
    { method: 'GET', path: '/identity/%E0%A4%A' },
    { method: 'GET', path: '/identity/auth' },
    { method: 'GET', path: '/identity/auth?client_id=%00&response_type=code' },
    { method: 'GET', path: '/identity/auth?client_id=a&client_id=b' },
    { method: 'GET', path: `/identity/auth?client_id=${DEMO_CONSOLE_CLIENT}&response_type=token` },
    { method: 'GET', path: `/identity/auth?client_id=${DEMO_CONSOLE_CLIENT}&response_type=code&redirect_uri=javascript:alert(1)` },
    { method: 'GET', path: `/identity/auth?${'a'.repeat(8000)}` },
    { method: 'GET', path: '/identity/auth/none' },
    { method: 'GET', path: '/identity/interaction/' },
    { method: 'GET', path: '/identity/interaction/none' },
    { method: 'GET', path: '/identity/interaction/%00%ff' },
    { method: 'DELETE', path: '/identity/interaction/none' },
    { method: 'POST', path: '/identity/interaction/none', body: 'login=a&password=b' },
    { method: 'GET', path: '/identity/session/end?id_token_hint=x.y.z&post_logout_redirect_uri=x' },
    { method: 'POST', path: '/identity/session/end/confirm', body: 'xsrf=x' },
    { method: 'POST', path: '/identity/token', body: '' },
    { method: 'POST', path: '/identity/token', body: '{"grant_type":1}', type: 'application/json' },
    { method: 'POST', path: '/identity/token', body: 'grant_type=client_credentials&grant_type=password' },
    { method: 'POST', path: '/identity/token', body: 'grant_type=client_credentials&client_id=%00&client_secret=%00' },
    { method: 'POST', path: '/identity/token', body: 'grant_type=authorization_code&code=%00&client_id=forbear-console&client_secret=x' },
    {
      method: 'POST',
      path: '/identity/token',
      body: 'grant_type=client_credentials&client_id=demo-core&client_secret=demo-core-secret&resource=nonsense',
    },
    {
      method: 'POST',
      path: '/identity/token',
      body: 'grant_type=client_credentials&client_id=demo-core&client_secret=demo-core-secret&resource=urn:other',
    },
    { method: 'POST', path: '/identity/token', body: `grant_type=client_credentials&client_id=demo-core&client_secret=${long}` },
    { method: 'POST', path: '/identity/token', body: '%', type: 'application/x-www-form-urlencoded; charset=no-such' },
    { method: 'POST', path: '/identity/token/revocation', body: 'token=x' },
    { method: 'PUT', path: '/identity/token', body: 'x' },
    { method: 'GET', path: '/../../etc/passwd' },
  ];
  it.each(cases)('$method $path $body is never answered with a 5xx', async ({ method, path, body, type = FORM }) => {
    const answer = await call(path, { method, ...(body === undefined ? {} : { body, headers: { 'content-type': type } }) });
    expect(answer.status).toBeGreaterThanOrEqual(300);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.text()).not.toMatch(/at \w+ \(|node_modules|postgres/);
  });

  it('in the login form is refused, with the form again', async () => {
    for (const fields of [
      { login: '', password: 'x' },
      { login: 'a\0b', password: 'x' },
      { login: long, password: 'x' },
      { login: 'a', password: long },
    ]) {
      const browser = new Browser();
      const { url } = await openLogin(browser);
      const answer = await browser.go(url, form(fields as Record<string, string>));
      expect([400, 401]).toContain(answer.status);
      expect(await answer.text()).toContain('<form');
    }
    const browser = new Browser();
    const { url } = await openLogin(browser);
    const answer = await browser.go(url, form({ login: '"><script>alert(1)</script>', password: 'x' }));
    expect(await answer.text()).not.toContain('<script');
  });
});
