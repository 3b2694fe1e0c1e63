import { fromBuffer } from 'yauzl';
import { ZipFile } from 'yazl';
import { bufferSource, readTable } from '#tabular';
import { renderXlsx, type ReportDocument } from './index.ts';
import { sampleReport } from './testing/sample-report.ts';

/** The parts of the file, by a library that did not write it. */
async function partsOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  const zip = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (opened ? resolve(opened) : reject(error ?? new Error('no zip')))),
  );
  await new Promise<void>((resolve, reject) => {
    zip.once('end', resolve).once('error', reject);
    zip.on('entry', (entry: import('yauzl').Entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (!stream) return reject(error ?? new Error('no stream'));
        const pieces: Buffer[] = [];
        stream
          .on('data', (piece: Buffer) => pieces.push(piece))
          .once('end', () => {
            parts.set(entry.fileName, Buffer.concat(pieces));
            zip.readEntry();
          });
      }),
    );
    zip.readEntry();
  });
  return parts;
}

const namesOf = (parts: Map<string, Buffer>): string[] =>
  [...(parts.get('xl/workbook.xml')?.toString() ?? '').matchAll(/<sheet [^>]*?name="([^"]+)"/g)].map(([, name]) => name ?? '');

/** The same file with one sheet alone, read by the reader of imports. */
async function sheet(parts: Map<string, Buffer>, name: string, columns: readonly string[]): Promise<string[][]> {
  const book = parts.get('xl/workbook.xml')?.toString() ?? '';
  const others = book.replaceAll(/<sheet [^>]*?name="([^"]+)"[^>]*\/>/g, (tag, one: string) => (one === name ? tag : ''));
  const zip = new ZipFile();
  for (const [path, content] of parts) zip.addBuffer(path === 'xl/workbook.xml' ? Buffer.from(others) : content, path);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece));
  const rows: string[][] = [];
  for await (const batch of readTable(
    bufferSource(Buffer.concat(pieces)),
    columns.map((one) => ({ name: one, required: true })),
  )) {
    expect(batch.errors).toEqual([]);
    rows.push(...batch.rows.map(({ values }) => [...values]));
  }
  return rows;
}

const xmlOf = (parts: Map<string, Buffer>, name: string): string =>
  parts.get(`xl/worksheets/sheet${namesOf(parts).indexOf(name) + 1}.xml`)?.toString() ?? '';

describe('a workbook, opened by another library than wrote it', () => {
  const document: ReportDocument = sampleReport(3);
  const rows = [
    ['1', "'=1+1", '007', '12'],
    ['2', '张三"，', '', '-3.5'],
  ];
  let parts: Map<string, Buffer>;
  beforeAll(async () => {
    parts = await partsOf(await renderXlsx(document, [{ name: 'rows.csv', columns: ['n', 'text', 'code', 'amount'], rows }]));
  });

  it('has a sheet for the figures, each table, the definitions and the rows', () => {
    const names = namesOf(parts);
    expect(names.length).toBeGreaterThanOrEqual(document.tables.length + 3);
    expect(names).toEqual(expect.arrayContaining(['rows.csv', '口径 Definitions']));
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives the numbers of a table as numbers, with their heads', async () => {
    const [table] = document.tables;
    const [, second] = namesOf(parts);
    const heads = [
      `${table?.rowLabel.zh}\n${table?.rowLabel.en}`,
      ...(table?.columns ?? []).map(({ label, unit }) => `${label.zh}（${unit.zh}）\n${label.en} (${unit.en})`),
    ];
    const read = await sheet(parts, second ?? '', heads);
    expect(read.map(([, ...cells]) => cells.map(Number))).toEqual(table?.rows.map(({ cells }) => cells.map(({ value }) => value)));
    expect(xmlOf(parts, second ?? '')).not.toMatch(/<c r="B2"[^>]* t="/);
  });

  it('gives the rows as they are: numbers, codes with their noughts, texts that run nothing', async () => {
    expect(await sheet(parts, 'rows.csv', ['n', 'text', 'code', 'amount'])).toEqual(rows);
    const xml = xmlOf(parts, 'rows.csv');
    expect(xml).toMatch(/<c r="A2"[^>]*><v>1<\/v>/);
    expect(xml).toMatch(/<c r="C2"[^>]* t="s"/);
    expect(xml).not.toContain('<f>');
  });

  it('says in the definitions how each number is counted', async () => {
    const name = namesOf(parts).find((one) => one.includes('Definitions')) ?? '';
    const read = await sheet(parts, name, ['编号 Id', '名称 Name', '单位 Unit', '行文件 Rows in', '取数口径 How it is counted']);
    expect(read.find(([id]) => id === 'f0')?.[4]).toBe('count(verdict=refused)');
    expect(read.find(([id]) => id === 'by-hour.r0.c0')?.[3]).toBe('rows.csv');
  });

  it('keeps the head of each table in sight, with filters over all of its rows', () => {
    for (const name of ['rows.csv', namesOf(parts)[1] ?? '']) {
      expect(xmlOf(parts, name)).toMatch(/<pane[^>]*ySplit="1"[^>]*state="frozen"|<pane[^>]*state="frozen"[^>]*ySplit="1"/);
      expect(xmlOf(parts, name)).toMatch(/<autoFilter ref="A1:[A-Z]+\d+"\/>/);
    }
    expect(xmlOf(parts, 'rows.csv')).toContain('<autoFilter ref="A1:D3"/>');
  });
});
