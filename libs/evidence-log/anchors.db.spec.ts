import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { SignedHead } from '#evidence';
import { Anchors, append, Sealer } from '#evidence-log';
import { createDataSource, EVERY_INSTITUTION, inTransaction } from '#pg';
import { checkSignature } from '#sending';
import { testDatabase, type TestDatabase } from '#testkit';
import { Vault } from '#vault';

const SECRET = 's'.repeat(32);
const vault = new Vault([`k1:${Buffer.alloc(32, 1).toString('base64')}`], Buffer.alloc(32, 2).toString('base64'));

let db: TestDatabase;
let source: DataSource;
let server: Server;
let folder: string;
let isAway = true;
const got: { body: string; timestamp: string; signature: string }[] = [];

beforeAll(async () => {
  db = await testDatabase('collections');
  source = await createDataSource({ url: db.appUrl, poolSize: 8, applicationName: 'anchors' });
  folder = await mkdtemp(join(tmpdir(), 'anchors-'));
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (!isAway) {
        const { 'x-forbear-timestamp': timestamp, 'x-forbear-signature': signature } = request.headers;
        got.push({ body, timestamp: String(timestamp), signature: String(signature) });
      }
      response.writeHead(isAway ? 503 : 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await source.destroy();
  await db.drop();
  await rm(folder, { recursive: true });
});

const anchors = (): Anchors =>
  new Anchors(
    source,
    {
      anchorFolder: folder,
      anchorUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/heads`,
      anchorSecret: SECRET,
      anchorTimeoutMs: 5000,
      anchorsEveryMs: 1000,
    },
    'collections',
  );
const sql = <Row>(text: string): Promise<Row[]> => inTransaction(source, { institutionId: EVERY_INSTITUTION }, (tx) => tx.query<Row>(text));

it('leaves a head in the folder at once, and at the address when it is back: once', async () => {
  await inTransaction(source, { institutionId: 'bank-1' }, (tx) => append(tx, 'bank-1', [{ kind: 'register-act', actor: 'a', body: {} }]));
  await new Sealer(source, { evidenceKeyDays: 365 }, 'collections', vault).sealAll();
  expect(await anchors().run()).toBe(1);
  const [name = ''] = await readdir(folder);
  expect(name).toBe('collections-bank-1-000000000000001.json');
  const dropped = JSON.parse(await readFile(join(folder, name), 'utf8')) as SignedHead;
  expect(dropped).toMatchObject({ log: 'collections', institution: 'bank-1', size: 1 });
  expect(await sql(`select tries, failure, done_at from evidence_anchor where target = 'url'`)).toEqual([
    { tries: 1, failure: 'status-503', done_at: null },
  ]);
  // Not before its time, by whoever asks.
  isAway = false;
  expect(await anchors().run()).toBe(0);
  await sql('update evidence_anchor set next_at = clock_timestamp() where done_at is null');
  const went = await Promise.all([anchors().run(), anchors().run(), anchors().run()]);
  expect(went.toSorted()).toEqual([0, 0, 1]);
  expect(got).toHaveLength(1);
  const [{ body, timestamp, signature } = { body: '', timestamp: '', signature: '' }] = got;
  expect(JSON.parse(body)).toEqual(dropped);
  expect(checkSignature([SECRET], { timestamp, signature, body }, new Date(Number(timestamp) * 1000))).toBe(true);
  expect(await anchors().run()).toBe(0);
});
