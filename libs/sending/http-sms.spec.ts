import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '#config';
import { freePort } from '#testkit';
import { checkSignature, createSmsPort, SendError, sendingSettings, type SendingConfig, type SmsPort } from './index.ts';

interface Seen {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

// A real gateway on this machine, which answers as the test says.
let server: Server;
let url = '';
let seen: Seen[] = [];
let answer: (request: IncomingMessage, reply: ServerResponse) => void = () => undefined;
const NOW = new Date('2026-11-21T15:00:00+08:00');
const SECRET = 's'.repeat(32);

beforeAll(async () => {
  server = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      answer(request, reply);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  seen = [];
});

const config = (more: Record<string, string> = {}): SendingConfig => ({
  ...readConfig(sendingSettings, { SMS_URL: url, SMS_TOKEN: 'Bearer hunter2', SMS_SECRET: SECRET, ...more }),
  demo: false,
});
const port = (more: Record<string, string> = {}): SmsPort => createSmsPort(config(more), () => NOW);
const message = { id: 'm1', to: '+8613800000001', text: '您好' };
const says = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  answer = (_request, reply) => void reply.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
};
const failureOf = async (sms: SmsPort): Promise<unknown> =>
  sms.send(message).then(
    (sent) => sent,
    (error: SendError) => [error.code, error.again, error.mayHaveArrived],
  );

describe('a text message over HTTP', () => {
  it('goes as JSON with id, token and signature, and comes back with the gateway’s id', async () => {
    says(200, { id: 'gw-7' });
    expect(await port().send(message)).toEqual({ providerId: 'gw-7' });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(message);
    const { headers, body } = seen[0] ?? { headers: {}, body: '' };
    expect(headers).toMatchObject({ 'idempotency-key': 'm1', authorization: 'Bearer hunter2', 'content-type': 'application/json' });
    const given = {
      timestamp: String(headers['x-forbear-timestamp']),
      signature: String(headers['x-forbear-signature']),
      body,
    };
    expect(checkSignature([SECRET], given, NOW)).toBe(true);
    expect(checkSignature(['x'.repeat(32), SECRET], given, NOW)).toBe(true);
    expect(checkSignature([SECRET], { ...given, body: body.replace('m1', 'm2') }, NOW)).toBe(false);
    expect(checkSignature([SECRET], given, new Date(NOW.getTime() + 301_000))).toBe(false);
    expect(checkSignature([], given, NOW)).toBe(false);
  });

  it('has a token in a header of its own where the gateway wants that, and none where there is none', async () => {
    says(202, '');
    expect(await port({ SMS_AUTH_HEADER: 'x-api-key', SMS_TOKEN: 'k' }).send(message)).toEqual({ providerId: null });
    expect(seen[0]?.headers).toMatchObject({ 'x-api-key': 'k' });
    await port({ SMS_TOKEN: '', SMS_SECRET: '' }).send(message);
    expect(seen[1]?.headers.authorization).toBeUndefined();
    expect(seen[1]?.headers['x-forbear-signature']).toBeUndefined();
  });

  it('reads the answers of gateways that say 200 to everything', async () => {
    const aliyun = port({ SMS_REPLY_GOOD: 'Code=OK', SMS_REPLY_ID: 'data.bizId' });
    says(200, { Code: 'OK', data: { bizId: 12 } });
    expect(await aliyun.send(message)).toEqual({ providerId: '12' });
    says(200, { Code: 'isv.MOBILE_NUMBER_ILLEGAL' });
    expect(await failureOf(aliyun)).toEqual(['rejected:isv.MOBILE_NUMBER_ILLEGAL', false, false]);
    says(200, { Code: '13800000001 is no number' });
    expect(await failureOf(aliyun)).toEqual(['rejected:other', false, false]);
    says(200, '<html>');
    expect(await failureOf(aliyun)).toEqual(['reply-unreadable', true, true]);
  });

  it('that the gateway has already is one that it took', async () => {
    says(409, { id: 'gw-7' });
    expect(await port().send(message)).toEqual({ providerId: 'gw-7' });
  });

  it.each([
    [400, false, false],
    [413, false, false],
    [422, false, false],
    [301, true, false],
    [401, true, false],
    [403, true, false],
    [404, true, false],
    [408, true, false],
    [429, true, false],
    [500, true, true],
    [503, true, true],
  ])('answered with %i: again %s, may have arrived %s', async (status, again, mayHaveArrived) => {
    says(status, { message: '+8613800000001' }, { location: url });
    expect(await failureOf(port())).toEqual([`http-${status}`, again, mayHaveArrived]);
    expect(seen).toHaveLength(1);
  });

  it('waits as long as the gateway asks', async () => {
    says(429, '', { 'retry-after': '120' });
    await expect(port().send(message)).rejects.toMatchObject({ afterMs: 120_000 });
    says(503, '', { 'retry-after': '999999' });
    await expect(port().send(message)).rejects.toMatchObject({ afterMs: 3_600_000 });
  });

  it('may have arrived where the gateway is silent, breaks off or says too much', async () => {
    const hasty = port({ SMS_TIMEOUT_MS: '100' });
    answer = () => undefined;
    expect(await failureOf(hasty)).toEqual(['timeout', true, true]);
    answer = (_request, reply) => void reply.writeHead(200).write('{');
    expect(await failureOf(hasty)).toEqual(['timeout', true, true]);
    answer = (request) => void request.socket.destroy();
    expect(await failureOf(port())).toEqual(['connection-lost', true, true]);
    says(200, 'x'.repeat(70_000));
    expect(await failureOf(port())).toEqual(['reply-too-long', true, true]);
  });

  it('has not arrived where nobody listens, or nothing is set up', async () => {
    expect(await failureOf(port({ SMS_URL: `http://127.0.0.1:${await freePort()}/` }))).toEqual(['unreachable', true, false]);
    expect(await failureOf(port({ SMS_URL: '' }))).toEqual(['not-set-up', true, false]);
  });

  it('says nothing of itself in an error', async () => {
    says(400, { detail: '您好 +8613800000001' });
    const error: unknown = await port()
      .send(message)
      .catch((thrown: unknown) => thrown);
    const said = error instanceof Error ? `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}` : '';
    expect(said).toContain('http-400');
    for (const secret of ['13800000001', '您好', 'hunter2', SECRET]) expect(said).not.toContain(secret);
  });
});
