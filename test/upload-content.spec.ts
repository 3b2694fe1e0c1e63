import { Installation } from './harness.ts';
import { CASE_HEADER, caseCsv, caseLine, contactCsv, freshCase, type CaseCells } from './rows.ts';
import { workbook } from './workbook.ts';

let bank: Installation;

beforeAll(async () => {
  bank = await Installation.open();
});
afterAll(async () => {
  expect(bank.logs()).not.toContain('unexpected error');
  expect(bank.logs()).not.toContain('job failed');
  await bank.close();
});

const rowsOf = async (table: string): Promise<number> =>
  Number((await bank.admin.query(`select count(*)::int as n from ${table}`)).rows[0]?.n);

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
    expect(view.errors.slice(0, 10).map(({ row, column, code }: Record<string, unknown>) => [row, column, code])).toEqual([
      [2, 'attemptId', 'conflict'],
      [3, 'startedAt', 'no-offset'],
      [4, 'startedAt', 'instant'],
      [5, 'startedAt', 'instant'],
      [6, 'result', 'unknown-value'],
      [7, 'endedAt', 'ends-before-start'],
      [8, 'startedAt', 'instant'],
      [9, 'startedAt', 'instant'],
      [10, 'debtorId', 'control-character'],
      [11, 'startedAt', 'instant'],
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
