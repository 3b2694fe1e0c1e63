import { closeAll, start, textOf, upstream } from './test-front.ts';

afterEach(closeAll);

async function demo(): Promise<{
  url: string;
  seen: { tokens: number; authorization: string | undefined; body: string };
  revoke: () => void;
}> {
  const seen = { tokens: 0, authorization: undefined as string | undefined, body: '' };
  let good = '';
  const identity = await upstream((request, response) => {
    seen.tokens += 1;
    good = `token-${seen.tokens}`;
    const isClient = request.headers.authorization === `Basic ${Buffer.from('demo-dialer:demo-dialer-secret').toString('base64')}`;
    response.writeHead(isClient ? 200 : 401).end(JSON.stringify({ access_token: good, expires_in: 3600 }));
  });
  const collections = await upstream((request, response) => {
    void textOf(request).then((body) => {
      Object.assign(seen, { authorization: request.headers.authorization, body });
      const isGood = request.headers.authorization === `Bearer ${good}`;
      return response.writeHead(isGood ? 200 : 401, { 'content-type': 'application/json' }).end('{"verdict":"refused"}');
    });
  });
  const { url } = await start({ DEMO: 'true', COLLECTIONS_URL: collections, IDENTITY_URL: identity });
  return { url, seen, revoke: () => (good = 'another') };
}

const attempt = (url: string, body = '{"packs":["cn-card"]}'): Promise<Response> =>
  fetch(`${url}/try`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

describe('trying the gate', () => {
  it('asks with one cached token, which the answer does not show', async () => {
    const { url, seen } = await demo();
    for (let time = 0; time < 2; time += 1) {
      const answer = await attempt(url);
      expect([answer.status, await answer.text()]).toEqual([200, '{"verdict":"refused"}']);
    }
    expect(seen).toEqual({ tokens: 1, authorization: 'Bearer token-1', body: '{"packs":["cn-card"]}' });
    expect(await (await fetch(url)).text()).toContain('id="gate"');
  });

  it('gets a new token when the old one is refused', async () => {
    const { url, seen, revoke } = await demo();
    await attempt(url);
    revoke();
    expect((await attempt(url)).status).toBe(200);
    expect(seen.tokens).toBe(2);
  });

  it('is limited to 30 a minute and to small JSON', async () => {
    const { url } = await demo();
    expect((await attempt(url, `{"a":"${'x'.repeat(40_000)}"}`)).status).toBe(413);
    expect((await attempt(url, '{')).status).toBe(400);
    const statuses: number[] = [];
    for (let time = 0; time < 29; time += 1) statuses.push((await attempt(url)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    const limited = await attempt(url);
    expect(limited.headers.get('retry-after')).not.toBeNull();
    expect(await limited.json()).toMatchObject({ type: '/problems/too-many-requests' });
  });

  it('is a 503 while a service is away', async () => {
    const { url } = await start({ DEMO: 'true' });
    expect((await attempt(url)).status).toBe(503);
  });
});
