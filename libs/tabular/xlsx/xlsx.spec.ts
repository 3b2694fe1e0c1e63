import { ZipFile } from 'yazl';
import { bufferSource, readTable, TableError, type Column, type RowError } from '../index.ts';
import { dateText, isDateFormat, plainNumber } from './cells.ts';

const columns: Column[] = ['id', 'phone', 'at'].map((name) => ({ name, required: true }));

async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const fixed = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml':
    '<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="甲" r:id="rId7"/><sheet name="乙" r:id="rId8"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId8" Type="x/worksheet" Target="worksheets/other.xml"/><Relationship Id="rId7" Type="x/worksheet" Target="worksheets/first.xml"/></Relationships>',
  'xl/sharedStrings.xml':
    '<sst><si><t>id</t></si><si><r><t>ph</t></r><r><t>one</t></r><rPh><t>no</t></rPh></si><si><t> at </t></si><si><t>张&amp;三</t></si></sst>',
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs></styleSheet>',
  'xl/worksheets/other.xml': '<worksheet/>',
};
const header = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>';

async function read(rows: string, more: Readonly<Record<string, string | Buffer>> = {}) {
  const first = `<worksheet><sheetData>${header}${rows}</sheetData></worksheet>`;
  const bytes = await zipOf({ ...fixed, 'xl/worksheets/first.xml': first, ...more });
  const got: { rows: unknown[]; errors: RowError[] } = { rows: [], errors: [] };
  for await (const batch of readTable(bufferSource(bytes), columns)) {
    got.rows.push(...batch.rows.map(({ row, values }) => [row, ...values]));
    got.errors.push(...batch.errors);
  }
  return got;
}

const consume = async (bytes: Buffer): Promise<void> => {
  for await (const batch of readTable(bufferSource(bytes), columns)) void batch;
};

describe('readTable on XLSX', () => {
  it('gives text, long numbers with all digits, and dates as ISO', async () => {
    const got = await read(
      '<row r="3"><c r="A3" t="s"><v>3</v></c><c r="B3"><v>1.3800000001E10</v></c><c r="C3" s="1"><v>46346.9375</v></c></row>' +
        '<row r="4"><c r="A4" t="inlineStr"><is><t>007</t></is></c><c r="C4" s="2"><v>46346</v></c></row><row r="5"><c r="A5"/></row>',
    );
    expect(got).toEqual({
      errors: [],
      rows: [
        [3, '张&三', '13800000001', '2026-11-20T22:30:00'],
        [4, '007', '', '2026-11-20'],
      ],
    });
  });

  it('keeps a fault with its row', async () => {
    const got = await read(
      '<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row><row r="3"><c r="A3"><v>1</v></c><c r="E3"><v>9</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>',
    );
    expect(got.errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'phone', 'cell'],
      [3, null, 'too-many-cells'],
    ]);
    expect(got.rows).toEqual([[4, '2', '', '']]);
  });

  it('refuses a bomb, another archive, a cut-off file, a document type and a cell outside the sheet', async () => {
    await expect(read('', { 'xl/worksheets/first.xml': Buffer.alloc(8_000_000, ' ') })).rejects.toMatchObject({ code: 'too-large' });
    await expect(consume(await zipOf({ 'a.txt': 'x' }))).rejects.toMatchObject({ code: 'binary' });
    const whole = await zipOf(fixed);
    await expect(consume(whole.subarray(0, whole.length - 40))).rejects.toMatchObject({ code: 'workbook' });
    await expect(consume(whole)).rejects.toBeInstanceOf(TableError);
    await expect(read('', { 'xl/worksheets/first.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' })).rejects.toMatchObject({
      code: 'workbook',
    });
    await expect(read('', { 'xl/worksheets/first.xml': '<worksheet>' })).rejects.toMatchObject({ code: 'workbook' });
    await expect(read('<row r="2"><c r="ZZZZZ2"><v>1</v></c></row>')).rejects.toMatchObject({ code: 'workbook' });
  });
});

describe('cells', () => {
  it('writes numbers out', () => {
    expect(['1.5E3', '1.38E+10', '-2.50E-3', '12', '1E-2', '1E99', '9.99E1'].map(plainNumber)).toEqual([
      '1500',
      '13800000000',
      '-0.0025',
      '12',
      '0.01',
      '1E99',
      '99.9',
    ]);
  });

  it('knows dates from their format', () => {
    expect(
      [
        [0, undefined],
        [14, undefined],
        [170, '0.00'],
        [170, 'yyyy"年"m"月"'],
        [170, '"days" 0'],
        [170, '[Red]0'],
      ].map(([id, code]) => isDateFormat(Number(id), code as string | undefined)),
    ).toEqual([false, true, false, true, false, false]);
    expect([dateText('1', false), dateText('61', false), dateText('0.5', false), dateText('0', true), dateText('x', false)]).toEqual([
      '1900-01-01',
      '1900-03-01',
      '12:00:00',
      '1904-01-01',
      null,
    ]);
  });
});
