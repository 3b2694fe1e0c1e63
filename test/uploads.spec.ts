import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { spawnService, type SpawnedService } from '#testkit';
import { Installation, type Reply } from './harness.ts';
import { expectProblem } from './problems.ts';
import { caseCsv, freshCase } from './rows.ts';
import { eventually } from './start/running.ts';

let bank: Installation;
let front: SpawnedService;

beforeAll(async () => {
  bank = await Installation.open();
  const collections = bank.servers[0]?.url ?? '';
  front = await spawnService('apps/console/server/main.js', {
    PORT: '0',
    COLLECTIONS_URL: collections,
    IDENTITY_URL: collections,
    PUBLIC_URL: 'http://localhost:3000',
  });
});
afterAll(async () => {
  expect(await front.stop()).toBe(0);
  expect(bank.logs()).not.toContain('unexpected error');
  expect(bank.logs()).not.toContain('job failed');
  await bank.close();
});

const uploads = async (): Promise<number> => Number((await bank.admin.query('select count(*)::int as n from upload')).rows[0]?.n);
const rowsOf = async (table: string): Promise<number> =>
  Number((await bank.admin.query(`select count(*)::int as n from ${table}`)).rows[0]?.n);

const BOUNDARY = 'x-boundary-x';
const field = (name: string, value: string): string =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (content: string, name = 'file', fileName = 'a.csv'): string =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"; filename="${fileName}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n`;
const END = `--${BOUNDARY}--\r\n`;
const good = caseCsv([freshCase()]);
const post = (
  body: string | Uint8Array<ArrayBuffer>,
  type = `multipart/form-data; boundary=${BOUNDARY}`,
  more: Record<string, string> = {},
): Promise<Reply> => bank.call('/v1/imports', { method: 'POST', body, headers: { 'content-type': type, ...more } });

describe('forms', () => {
  it.each<[string, string, number, string?]>([
    ['no file', field('kind', 'cases') + END, 422, '/file'],
    ['no kind', file(good) + END, 422, '/kind'],
    ['an unknown kind', field('kind', 'everything') + file(good) + END, 422, '/kind'],
    ['two kinds', field('kind', 'cases') + field('kind', 'contact-log') + file(good) + END, 422, '/kind'],
    ['an unknown field', field('kind', 'cases') + field('colour', 'red') + file(good) + END, 422, '/colour'],
    ['a field named __proto__', field('kind', 'cases') + field('__proto__', 'red') + file(good) + END, 422],
    ['a file in another field', field('kind', 'cases') + file(good, 'data') + END, 422, '/data'],
    ['two files', field('kind', 'cases') + file(good) + file(good) + END, 422, '/file'],
    ['three files', field('kind', 'cases') + file(good) + file(good) + file(good) + END, 422, '/file'],
    ['an empty file', field('kind', 'cases') + file('') + END, 422, '/file'],
    ['a kind that is a file', file('cases', 'kind') + file(good) + END, 422],
    ['a body that ends early', field('kind', 'cases') + file(good).slice(0, -40), 400],
    ['a body that ends in a header', field('kind', 'cases') + file(good).slice(0, 60), 400],
    ['no closing boundary', field('kind', 'cases') + file(good), 400],
    ['nothing in it', END, 422],
    ['another boundary', (field('kind', 'cases') + file(good) + END).replaceAll(BOUNDARY, 'other'), 400],
    ['garbage', 'garbage', 400],
    ['a long field', field('kind', 'x'.repeat(10_000)) + file(good) + END, 422],
    ['100 fields', Array.from({ length: 100 }, () => field('kind', 'cases')).join('') + file(good) + END, 422],
  ])('with %s', async (...[, body, status, pointer]) => {
    const [before, imports] = [await uploads(), await rowsOf('import')];
    const reply = await post(body);
    // What the form lacks or has too much of may be seen as unreadable or as invalid; never as ours.
    expectProblem(reply, status === 422 ? [400, 422] : [status, 422]);
    if (pointer !== undefined) expect(reply.json.errors?.[0]).toMatchObject({ pointer });
    expect([await uploads(), await rowsOf('import')]).toEqual([before, imports]);
  });

  it('of another type, or without a boundary', async () => {
    expectProblem(await post(good, 'text/csv'), 415);
    expectProblem(await post('{}', 'application/json'), 415);
    expectProblem(await post(field('kind', 'cases') + file(good) + END, 'multipart/form-data'), [400, 415]);
    expectProblem(await bank.call('/v1/imports', { method: 'POST' }), 415);
  });

  it('takes odd names of files', async () => {
    for (const name of ['../../etc/passwd', '客户名单.csv', 'x'.repeat(5000), 'a\u0000b.csv', '']) {
      const reply = await post(field('kind', 'cases') + file(caseCsv([freshCase()]), 'file', name) + END);
      if (reply.status !== 202) expectProblem(reply, [400, 422]);
      else expect((await bank.untilEnded(reply.json.id)).state).toBe('done');
    }
  });

  it('with one key is taken once', async () => {
    const csv = caseCsv([freshCase()]);
    const headers = { 'idempotency-key': 'upload-1' };
    const replies = await Promise.all(Array.from({ length: 4 }, () => bank.upload('cases', csv, undefined, headers)));
    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(new Set(replies.map(({ json }) => json.id)).size).toBe(1);
    const other = await bank.upload('cases', caseCsv([freshCase()]), undefined, headers);
    expect([other.status, other.json.type]).toEqual([422, '/problems/idempotency-key-reused']);
    await bank.untilEnded(replies[0]?.json.id);
    // Those that were not taken left nothing behind.
    await eventually('no files are left', async () => (await uploads()) === 0);
  });
});

describe('large and slow uploads', () => {
  const GIGABYTE = 1024 ** 3;
  const head = field('kind', 'cases') + file('').slice(0, -2);

  function* twoGigabytes(): Generator<Buffer> {
    yield Buffer.from(head);
    const block = Buffer.alloc(1024 * 1024, 'x');
    for (let sent = 0; sent < 2 * GIGABYTE; sent += block.length) yield block;
  }

  it.each(['the service', 'the front'])('of 2 GB to %s are refused at once, and the sender gets to read it', async (where) => {
    const url = where === 'the front' ? `${front.url}/api/collections` : bank.servers[0]?.url;
    const body = Readable.from(twoGigabytes());
    const call = request(`${url}/v1/imports`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${await bank.issuer.token({ role: 'integration' })}`,
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        'content-length': String(2 * GIGABYTE + head.length),
      },
    });
    let sent = 0;
    body.on('data', (chunk: Buffer) => (sent += chunk.length));
    const reply = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      call.once('error', reject);
      call.once('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.once('error', reject);
      });
      body.pipe(call);
    });
    body.destroy();
    call.destroy();
    expect(reply.status).toBe(413);
    expect(JSON.parse(reply.text)).toMatchObject({ type: '/problems/too-large', status: 413, requestId: expect.any(String) });
    expect(sent).toBeLessThan(GIGABYTE);
  });

  describe('beyond the limit, from a sender that reads nothing before it has sent all', () => {
    const LIMIT = 4 * 1024 * 1024;
    const SENT = 96 * 1024 * 1024;
    let small = 0;
    beforeAll(async () => {
      small = (await bank.startServer({ UPLOAD_LIMIT_BYTES: String(LIMIT) })).port;
    });

    it.each(['its length', 'chunks'])('with %s: the answer is there', async (how) => {
      const before = await uploads();
      const socket = connect(small, '127.0.0.1');
      await once(socket, 'connect');
      const length = how === 'chunks' ? 'transfer-encoding: chunked' : `content-length: ${head.length + SENT}`;
      socket.write(
        `POST /v1/imports HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${await bank.issuer.token({ role: 'integration' })}\r\n` +
          `content-type: multipart/form-data; boundary=${BOUNDARY}\r\n${length}\r\n\r\n`,
      );
      const send = (bytes: Buffer): Promise<void> =>
        new Promise((resolve, reject) => {
          const whole =
            how === 'chunks' ? Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]) : bytes;
          socket.write(whole, (error) => (error ? reject(error) : resolve()));
        });
      await send(Buffer.from(head));
      const block = Buffer.alloc(1024 * 1024, 'x');
      for (let sent = 0; sent < SENT; sent += block.length) await send(block);
      if (how === 'chunks') socket.write('0\r\n\r\n');
      let text = '';
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        text += chunk.toString();
        if (text.includes('"requestId"')) break;
      }
      expect(text).toMatch(/^HTTP\/1\.1 413 /);
      expect(text).toContain('/problems/too-large');
      expect(await uploads()).toBe(before);
    });
  });

  it('broken off in the middle leave nothing behind', async () => {
    const before = await uploads();
    const token = await bank.issuer.token({ role: 'integration' });
    const socket = connect(bank.servers[0]?.port ?? 0, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      `POST /v1/imports HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: multipart/form-data; boundary=${BOUNDARY}\r\ncontent-length: 50000000\r\n\r\n${head}`,
    );
    const block = Buffer.alloc(1024 * 1024, 'x');
    for (let sent = 0; sent < 3; sent += 1) await new Promise((resolve) => socket.write(block, resolve));
    await eventually('some of it is stored', async () => (await rowsOf('upload_chunk')) > 0 && (await uploads()) === before + 1);
    socket.destroy();
    await eventually('it is gone', async () => (await uploads()) === before);
    expect((await bank.call('/health/ready')).status).toBe(200);
  });

  it('left behind by a process that died are swept', async () => {
    // In one statement: the sweep may come between two.
    const { rows } = await bank.admin.query(
      `with lost as (
         insert into upload (institution_id, file_name, bytes, sha256, created_at) values ('bank-1', 'lost.csv', 0, '', now() - interval '2 days') returning id)
       insert into upload_chunk select 'bank-1', id, 0, '\\x00' from lost returning upload as id`,
    );
    await eventually('the sweep', async () => (await bank.admin.query('select from upload where id = $1', [rows[0].id])).rowCount === 0);
    // Files of finished imports go as well: they hold names and numbers.
    await eventually('no files are left', async () => (await uploads()) === 0);
    expect(await rowsOf('upload_chunk')).toBe(0);
  });
});
