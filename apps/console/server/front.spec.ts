import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { closeAll, echo, start, upstream } from './test-front.ts';

afterEach(closeAll);

interface Echoed {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
const echoed = async (answer: Response): Promise<Echoed> => (await answer.json()) as Echoed;

describe('proxying', () => {
  it('takes the prefix from services and keeps the issuer’s', async () => {
    const service = await upstream(echo);
    const { url } = await start({ COLLECTIONS_URL: service, COMPLAINTS_URL: service, IDENTITY_URL: service });
    const seen = async (path: string): Promise<string> => (await echoed(await fetch(url + path))).url;
    expect(await seen('/api/collections/v1/cases?caseId=a%2Fb&limit=2')).toBe('/v1/cases?caseId=a%2Fb&limit=2');
    expect(await seen('/api/collections/openapi.json')).toBe('/openapi.json');
    expect(await seen('/api/collections/docs')).toBe('/docs');
    expect(await seen('/api/complaints/docs/swagger-ui.css')).toBe('/docs/swagger-ui.css');
    expect(await seen('/identity/.well-known/openid-configuration')).toBe('/identity/.well-known/openid-configuration');
  });

  it('keeps metrics and everything else of a service inside', async () => {
    const { url } = await start({ COLLECTIONS_URL: await upstream(echo) });
    for (const path of [
      '/api/collections/metrics',
      // Between services.
      '/api/collections/internal/complaint-files',
      '/api/collections/internal/case-lookups',
      '/api/collections/',
      '/api/collections/v1/../metrics',
      '/api/collections/v1/%2e%2e/metrics',
    ]) {
      expect([400, 404]).toContain((await fetch(url + path)).status);
    }
  });

  it('says what it saw of the caller, not what the caller claims', async () => {
    const { url } = await start({ COLLECTIONS_URL: await upstream(echo) });
    const claims = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'gopher',
      forwarded: 'for=6.6.6.6',
    };
    const { headers } = await echoed(await fetch(`${url}/api/collections/v1/x`, { headers: { ...claims, authorization: 'Bearer t' } }));
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'collect.example',
      'x-forwarded-proto': 'https',
      authorization: 'Bearer t',
    });
    expect(headers['forwarded']).toBeUndefined();
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('believes a proxy in front that it was told of', async () => {
    const { url } = await start({ COLLECTIONS_URL: await upstream(echo), TRUSTED_PROXIES: '127.0.0.1' });
    const answer = await fetch(`${url}/api/collections/v1/x`, { headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.5' } });
    expect((await echoed(answer)).headers['x-forwarded-for']).toBe('203.0.113.5');
  });

  it('passes JSON bodies through byte by byte, also broken ones and with Expect: 100-continue', async () => {
    const { url } = await start({ COLLECTIONS_URL: await upstream(echo) });
    const body = '{"a": 1.50,   broken';
    const answer = await fetch(`${url}/api/collections/v1/x`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect((await echoed(answer)).body).toBe(body);
    const port = Number(new URL(url).port);
    const raw = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          'POST /api/collections/v1/x HTTP/1.1\r\nHost: x\r\nConnection: close, X-Secret\r\nX-Secret: 1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
        ),
      );
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(raw).toContain('HTTP/1.1 200 OK');
    expect(raw).not.toContain('x-secret');
  });

  it('streams an upload larger than any buffer while it arrives', async () => {
    const { promise: arrived, resolve: first } = Promise.withResolvers<void>();
    const service = await upstream((request, response) => {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        first();
      });
      request.on('end', () => response.end(String(bytes)));
    });
    const { url } = await start({ COLLECTIONS_URL: service });
    const megabyte = Buffer.alloc(1_048_576, 97);
    async function* chunks(): AsyncGenerator<Buffer> {
      yield megabyte;
      // The service has the first part before the last one is sent.
      await arrived;
      for (let sent = 1; sent < 64; sent += 1) yield megabyte;
    }
    const init = { method: 'POST', body: Readable.toWeb(Readable.from(chunks())), duplex: 'half', headers: { 'content-type': 'text/csv' } };
    const answer = await fetch(`${url}/api/collections/v1/imports`, init as RequestInit);
    expect(await answer.text()).toBe(String(64 * megabyte.length));
  });

  it('passes server-sent events as they come', async () => {
    const { promise: firstRead, resolve: sendSecond } = Promise.withResolvers<void>();
    const service = await upstream((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      firstRead.then(() => response.end('data: 2\n\n')).catch(() => undefined);
    });
    const { url } = await start({ COLLECTIONS_URL: service });
    const answer = await fetch(`${url}/api/collections/v1/events`);
    const reader = answer.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 1\n\n');
    sendSecond();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 2\n\n');
  });

  it('lets go of the service when the caller goes away', async () => {
    const { promise: closed, resolve: gone } = Promise.withResolvers<void>();
    const service = await upstream((_, response) => {
      response.on('close', gone);
      response.writeHead(200).write('x');
    });
    const { url } = await start({ COLLECTIONS_URL: service });
    const abort = new AbortController();
    await fetch(`${url}/api/collections/v1/events`, { signal: abort.signal });
    abort.abort();
    await expect(closed).resolves.toBeUndefined();
  });

  it('passes on the answer of a service, its 503 without trying again', async () => {
    let asked = 0;
    const service = await upstream((_, response) => {
      asked += 1;
      response
        .writeHead(503, { 'retry-after': '1', 'content-type': 'application/problem+json', 'x-powered-by': 'secret' })
        .end('{"status":503}');
    });
    const { url } = await start({ COLLECTIONS_URL: service });
    const answer = await fetch(`${url}/api/collections/v1/x`);
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('x-powered-by'), asked]).toEqual([503, '1', null, 1]);
  });
});

describe('a service that is away', () => {
  it.each(['/api/collections/v1/x', '/api/complaints/v1/x', '/identity/token'])('is a 503 with Retry-After: %s', async (path) => {
    const { url } = await start({});
    const answer = await fetch(url + path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ type: '/problems/unavailable', status: 503 });
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN|undici/);
  });

  it('is a 502 that tells nothing of the inside when it breaks off', async () => {
    const service = await upstream((request) => void request.socket.destroy());
    const { url } = await start({ COLLECTIONS_URL: service });
    const answer = await fetch(`${url}/api/collections/v1/x`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toMatch(/127\.0\.0\.1|socket|UND_/);
  });
});

describe('the origin itself', () => {
  it('is ready when its services are, and says which are not', async () => {
    const service = await upstream((_, response) => response.end('{}'));
    const ready = await start({ COLLECTIONS_URL: service, IDENTITY_URL: service });
    const good = await fetch(`${ready.url}/health/ready`);
    expect(good.status).toBe(200);
    expect(await good.json()).toMatchObject({
      services: [{ name: 'collections', state: 'up' }, { state: 'not-configured' }, { name: 'identity', state: 'up' }],
    });
    const { url } = await start({ COLLECTIONS_URL: service });
    const bad = await fetch(`${url}/health/ready`);
    expect(bad.status).toBe(503);
    expect(await bad.json()).toMatchObject({ status: 'not-ready', services: [{ state: 'up' }, {}, { name: 'identity', state: 'down' }] });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  it('serves the start page under a strict policy, without the gate where it is no demo', async () => {
    const { url } = await start({});
    const page = await fetch(`${url}/`);
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('strict-transport-security')).toContain('max-age');
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).not.toMatch(/id="gate"|demo only/);
    expect((await fetch(`${url}/`, { headers: { 'if-none-match': page.headers.get('etag') ?? '' } })).status).toBe(304);
    expect((await fetch(`${url}/start/page.js`)).headers.get('content-type')).toContain('text/javascript');
    expect((await fetch(`${url}/try`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(404);
  });

  it('leads from a short name to the page, with what was asked', async () => {
    const { url } = await start({});
    const answer = await fetch(`${url}/public/agencies?on=2026-11-01&lang=en`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/public/published-agencies?on=2026-11-01&lang=en');
  });

  it.each(['/nothing', '/start/', '/start/../main.js', '/%', '/api/collections', '/identity', '/api/collections/v1/%E0%A4%A'])(
    'answers %s with a problem',
    async (path) => {
      const { url } = await start({});
      const answer = await fetch(url + path);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );
});
