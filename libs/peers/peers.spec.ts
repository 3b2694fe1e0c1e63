import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PeerCaller, PeerFailure, peerSettings, ringOf } from './index.ts';
import { isSignedBy, sign } from './signature.ts';

const entry = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const keysOf = (...entries: string[]) => ringOf({ peerKeys: entries, demo: true });
const parts = { method: 'POST', path: '/internal/x', institutionId: 'bank-1', at: '1', nonce: 'n', body: Buffer.from('{}') };

describe('a ring of keys', () => {
  it.each(['k1', 'k1:AAAA', `K:${randomBytes(32).toString('base64')}`, `k1:${Buffer.alloc(32).toString('base64')}`])(
    'does not take %s',
    (raw) => {
      expect(() => peerSettings.peerKeys.parse(raw)).toThrow('32 random bytes');
    },
  );

  it('takes no key twice, and no key of the demo in production', () => {
    expect(() => peerSettings.peerKeys.parse(`${entry('k1')},${entry('k1')}`)).toThrow('two keys');
    expect(() => ringOf({ peerKeys: [entry('k1'), entry('demo1')], demo: false })).toThrow('demo1, a key of the demo');
    expect(ringOf({ peerKeys: [entry('demo1')], demo: true })).toHaveLength(1);
    expect(ringOf({ peerKeys: [], demo: false })).toEqual([]);
  });
});

describe('a signature', () => {
  const [key, other] = keysOf(entry('k1'), entry('k2'));
  if (!key || !other) throw new Error('no keys');
  const good = sign(key, parts);

  it('is good for what was signed', () => expect(isSignedBy(key, parts, good)).toBe(true));

  it.each([
    { method: 'GET' },
    { path: '/internal/y' },
    { institutionId: 'bank-2' },
    { at: '2' },
    { nonce: 'm' },
    { body: Buffer.from('{ }') },
    // What one field loses another must not gain.
    { path: '/internal/xbank', institutionId: '-1' },
  ])('is not good for anything else: %j', (more) => expect(isSignedBy(key, { ...parts, ...more }, good)).toBe(false));

  it('is not good under another key, cut short, or empty', () => {
    expect(isSignedBy(other, parts, good)).toBe(false);
    expect(isSignedBy(key, parts, good.slice(0, -1))).toBe(false);
    expect(isSignedBy(key, parts, '')).toBe(false);
  });
});

describe('a question to another service', () => {
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const keys = keysOf(entry('k1'));
  const caller = (): PeerCaller => new PeerCaller(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, keys);
  const failure = async (of = caller()): Promise<unknown> => of.ask('/internal/x', 'b', {}).catch((error: unknown) => error);

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it('is signed under the first key, for an institution of any script', async () => {
    let headers: IncomingMessage['headers'] = {};
    answer = (request, response) => {
      ({ headers } = request);
      response.end('{"a":1}');
    };
    expect(await caller().ask('/internal/x', '银行', { q: 1 })).toEqual({ a: 1 });
    const [key] = keys;
    const at = String(headers['x-forbear-time']);
    const nonce = String(headers['x-forbear-nonce']);
    const signed = { method: 'POST', path: '/internal/x', institutionId: '银行', at, nonce, body: Buffer.from('{"q":1}') };
    expect(key && isSignedBy(key, signed, String(headers['x-forbear-signature']))).toBe(true);
  });

  it.each([
    [503, 'unreachable', true],
    [401, 'refused', false],
    [404, 'refused', false],
  ] as const)('that is answered with %i is %s', async (status, code, isPassing) => {
    answer = (_, response) => response.writeHead(status).end('{}');
    expect(await failure()).toMatchObject({ name: 'PeerFailure', code, isPassing });
  });

  it('says so when nobody is there, when the answer breaks off or cannot be read, and when nothing is set up', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': 10 }).write('{', () => response.destroy());
    expect(await failure()).toMatchObject({ code: 'unreachable' });
    answer = (_, response) => response.end('<html>');
    expect(await failure()).toMatchObject({ code: 'unreadable' });
    expect(await failure(new PeerCaller('http://127.0.0.1:1', keys))).toMatchObject({ code: 'unreachable' });
    for (const nothing of [new PeerCaller('', keys), new PeerCaller('http://127.0.0.1:1', [])]) {
      expect(nothing.isConfigured).toBe(false);
      expect(await failure(nothing)).toBeInstanceOf(PeerFailure);
      expect(await failure(nothing)).toMatchObject({ code: 'not-configured' });
    }
  });

  it('is not sent where it is redirected to', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
    expect(await failure()).toMatchObject({ code: 'unreachable' });
  });
});
