import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { spawnService, type SpawnedService } from '#testkit';
import { CASE_HEADER, caseCsv, caseLine, contactCsv, freshCase, Installation, type CaseCells, type Reply } from './harness.ts';
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

function expectProblem(reply: Reply, status: number | readonly number[]): void {
  const statuses = typeof status === 'number' ? [status] : status;
  expect(`${reply.status} ${reply.text.slice(0, 300)}`).toMatch(new RegExp(`^(${statuses.join('|')}) `));
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(reply.json).toMatchObject({
    type: expect.stringMatching(/^\/problems\//),
    title: expect.any(String),
    status: reply.status,
    requestId: expect.any(String),
  });
}

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
  ])('with %s', async (_, body, status, pointer) => {
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
  });
});

describe('files that are no table', () => {
  it.each<[string, Buffer, RegExp]>([
    ['a PDF', Buffer.from('%PDF-1.7\n...'), /PDF/],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000', 'hex'), /PNG/],
    ['a gzip', Buffer.from('1f8b0800000000000003', 'hex'), /gzip/],
    ['a broken XLSX', Buffer.from('504b0304deadbeef', 'hex'), /\S/],
    ['NUL bytes', Buffer.from('a,b\0c\n'), /NUL/],
    ['no columns of ours', Buffer.from('a,b,c\n1,2,3\n'), /caseId/],
    ['semicolons', Buffer.from(caseCsv([freshCase()]).replaceAll(',', ';')), /comma/],
    ['half a header', Buffer.from(`${CASE_HEADER.replace(',debtorId', '')}\n`), /debtorId/],
    ['a column twice', Buffer.from(`${CASE_HEADER},caseId\n`), /twice/],
    ['a header of blanks', Buffer.from('\n\n\n'), /\S/],
    ['half a UTF-16', Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(CASE_HEADER, 'utf16le'), Buffer.from('a')]), /UTF-16/],
  ])('%s', async (_, content, detail) => {
    const before = await rowsOf('collection_case');
    const view = await bank.import('cases', new Uint8Array(content));
    expect(view.state).toBe('failed');
    expect(view.errors[0].detail).toMatch(detail);
    expect(view.errors[0].code).toMatch(/^[a-z-]+$/);
    expect(await rowsOf('collection_case')).toBe(before);
  });

  it('another kind than it says', async () => {
    expect((await bank.import('contact-log', caseCsv([freshCase()]))).errors[0]).toMatchObject({ code: 'columns' });
    expect((await bank.import('cases', contactCsv([{}]))).errors[0]).toMatchObject({ code: 'columns' });
  });
});

// 欧阳测试 in GB18030.
const GB_NAME = Buffer.from('c5b7d1f4b2e2cad4', 'hex');
/** Text as GB18030 where all that is not ASCII is 欧阳测试. */
function gb18030(text: string): Buffer {
  const parts = text.replaceAll('信用卡', 'card').split('欧阳测试');
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [Buffer.from(part)] : [GB_NAME, Buffer.from(part)])));
}
const nameOf = async (caseId: string): Promise<string> => (await bank.call(`/v1/cases/${caseId}`)).json.parties[0].name;

describe('encodings', () => {
  it.each<[string, (csv: string) => Buffer]>([
    ['UTF-8', (csv) => Buffer.from(csv)],
    ['UTF-8 with a byte order mark', (csv) => Buffer.from(`\ufeff${csv}`)],
    ['GB18030', gb18030],
    ['UTF-16', (csv) => Buffer.from(`\ufeff${csv}`, 'utf16le')],
    ['UTF-8 with Windows line ends', (csv) => Buffer.from(csv.replaceAll('\n', '\r\n'))],
  ])('%s is read, names and all', async (_, encode) => {
    const cells = freshCase();
    const view = await bank.import('cases', new Uint8Array(encode(caseCsv([cells]))));
    expect(view).toMatchObject({ state: 'done', rows: { inserted: 1, rejected: 0 }, errors: [] });
    expect(await nameOf(cells.caseId ?? '')).toBe('欧阳测试');
  });

  it('mixed ones are errors of the rows that do not fit', async () => {
    const [one, two, three] = [freshCase(), freshCase(), freshCase()];
    const content = Buffer.concat([
      Buffer.from(`${CASE_HEADER}\n${caseLine(one)}\n`),
      gb18030(`${caseLine(two)}\n`),
      Buffer.from(`${caseLine(three)}\n`),
    ]);
    const view = await bank.import('cases', new Uint8Array(content));
    expect(view).toMatchObject({ state: 'done', rows: { total: 3, inserted: 2, rejected: 1 }, errors: [{ row: 3, code: 'encoding' }] });
    expect((await bank.call(`/v1/cases/${two.caseId}`)).status).toBe(404);
  });
});

describe('rows', () => {
  const wrong: readonly [CaseCells, string, string][] = [
    [{ caseId: '' }, 'caseId', 'required'],
    [{ debtorName: '' }, 'debtorName', 'required'],
    [{ institutionId: 'bank-2' }, 'institutionId', 'other-institution'],
    [{ balance: '"1,000.00"' }, 'balance', 'amount'],
    [{ balance: '1e5' }, 'balance', 'amount'],
    [{ balance: '１００' }, 'balance', 'amount'],
    [{ balance: '9999999999999999.00' }, 'balance', 'amount'],
    [{ currency: '元' }, 'currency', 'currency'],
    [{ overdueSince: '2026-02-30' }, 'overdueSince', 'date'],
    [{ overdueSince: '2026/9/1' }, 'overdueSince', 'date'],
    [{ overdueSince: '0000-01-01' }, 'overdueSince', 'date'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', 'time-zone'],
    [{ partyRole: 'boss' }, 'partyRole', 'unknown-value'],
    [{ contactChannel: 'pigeon' }, 'contactChannel', 'unknown-value'],
    [{ caseId: 'x'.repeat(201) }, 'caseId', 'too-long'],
    [{ caseId: 'a\u001fb' }, 'caseId', 'control-character'],
    [{ partyName: '"a\nb"' }, 'partyName', 'control-character'],
  ];
  it('that are wrong are left out and named, the rest goes in', async () => {
    const rows = wrong.flatMap(([cells]) => [freshCase(), freshCase(cells)]);
    const view = await bank.import('cases', caseCsv(rows));
    expect(view.rows).toMatchObject({ total: rows.length, inserted: wrong.length, rejected: wrong.length });
    // A quoted line break is one row; rows are counted as a spreadsheet does.
    expect(view.errors).toEqual(
      wrong.map(([, column, code], index) => ({ row: 3 + index * 2, column, code, detail: expect.stringMatching(/\S/) })),
    );
  });

  it('the same file again changes nothing, a changed balance is an update', async () => {
    const rows = [freshCase(), freshCase(), freshCase()];
    expect((await bank.import('cases', caseCsv(rows))).rows).toMatchObject({ inserted: 3, updated: 0, unchanged: 0 });
    const before = (await bank.admin.query('select * from collection_case order by id')).rows;
    expect((await bank.import('cases', caseCsv(rows))).rows).toMatchObject({ inserted: 0, updated: 0, unchanged: 3 });
    expect((await bank.admin.query('select * from collection_case order by id')).rows).toEqual(before);
    const [first, ...rest] = rows;
    expect((await bank.import('cases', caseCsv([{ ...first, balance: '4000.00' }, ...rest]))).rows).toMatchObject({
      inserted: 0,
      updated: 1,
      unchanged: 2,
    });
    expect((await bank.call(`/v1/cases/${first?.caseId}`)).json.balance).toEqual({ amount: '4000.00', currency: 'CNY' });
  });

  it('of a log: known with the same content, with other content, without an offset', async () => {
    const rows = [{ attemptId: 'log-1' }, { attemptId: 'log-2' }];
    expect((await bank.import('contact-log', contactCsv(rows))).rows).toMatchObject({ inserted: 2, unchanged: 0 });
    expect((await bank.import('contact-log', contactCsv(rows))).rows).toMatchObject({ inserted: 0, unchanged: 2, rejected: 0 });
    const view = await bank.import(
      'contact-log',
      contactCsv([
        { attemptId: 'log-1', result: 'conversation' },
        { attemptId: 'log-3', startedAt: '2026-06-01T10:00:00' },
        { attemptId: 'log-4', startedAt: '2026-06-01 10:00:00' },
        { attemptId: 'log-5', startedAt: '2026-02-30T10:00:00+08:00' },
        { attemptId: 'log-6', result: 'great' },
        { attemptId: 'log-7', endedAt: '2026-06-01T09:00:00+08:00' },
        { attemptId: 'log-8', startedAt: '0001-01-01T00:00:00Z' },
        { attemptId: 'log-9', startedAt: '9999-12-31T23:59:59Z' },
        { attemptId: 'log-10', debtorId: 'a\u001fb' },
        { attemptId: 'log-11', startedAt: '0000-01-01T00:00:00Z' },
      ]),
    );
    expect(view.state).toBe('done');
    expect(view.errors.slice(0, 7).map(({ row, column, code }: Record<string, unknown>) => [row, column, code])).toEqual([
      [2, 'attemptId', 'conflict'],
      [3, 'startedAt', 'no-offset'],
      [4, 'startedAt', 'instant'],
      [5, 'startedAt', 'instant'],
      [6, 'result', 'unknown-value'],
      [7, 'endedAt', 'ends-before-start'],
      [10, 'debtorId', 'control-character'],
    ]);
  });

  it('100,001 of them, with errors spread', async () => {
    const lines = Array.from({ length: 100_001 }, (_, index) => ({
      attemptId: `big-${index}`,
      debtorId: `big-${index % 5000}`,
      ...(index % 1000 === 500 ? { result: 'great' } : {}),
    }));
    const view = await bank.import('contact-log', contactCsv(lines));
    expect(view).toMatchObject({ state: 'done', rows: { total: 100_001, done: 100_001, inserted: 99_901, rejected: 100 } });
    expect(view.errors).toHaveLength(100);
    expect(view.errors[99]).toMatchObject({ row: 99_502, column: 'result' });
  }, 90_000);

  it('of an XLSX', async () => {
    const cells = freshCase();
    const view = await bank.import('cases', await workbook([CASE_HEADER.split(','), caseLine(cells).split(',')]));
    expect(view).toMatchObject({ state: 'done', rows: { inserted: 1, rejected: 0 } });
    expect(await nameOf(cells.caseId ?? '')).toBe('欧阳测试');
  });
});

async function workbook(rows: readonly (readonly string[])[]): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile();
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const add = (name: string, xml: string): void => zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${xml}`), name);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  add(
    '[Content_Types].xml',
    `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
  );
  add(
    '_rels/.rels',
    `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Cases" sheetId="1" r:id="r1"/></sheets></workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  );
  const sheet = rows.map((row) => `<row>${row.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`).join('');
  add('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream as unknown as AsyncIterable<Buffer>) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

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
    const { rows } = await bank.admin.query(
      `insert into upload (institution_id, file_name, bytes, sha256, created_at) values ('bank-1', 'lost.csv', 0, '', now() - interval '2 days') returning id`,
    );
    await bank.admin.query(`insert into upload_chunk values ('bank-1', $1, 0, '\\x00')`, [rows[0].id]);
    await eventually('the sweep', async () => (await bank.admin.query('select from upload where id = $1', [rows[0].id])).rowCount === 0);
    // Files of finished imports go as well: they hold names and numbers.
    await eventually('no files are left', async () => (await uploads()) === 0);
    expect(await rowsOf('upload_chunk')).toBe(0);
  });
});
