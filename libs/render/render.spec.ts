import { inflateRawSync } from 'node:zlib';
import { csvRecords, pdfTexts } from '#testkit';
import {
  cellText,
  csvLine,
  percentile,
  recount,
  renderCsv,
  renderJson,
  renderPdf,
  renderXlsx,
  rowsCsv,
  type ReportDocument,
  type ReportTable,
} from './index.ts';
import { tickStep } from './pdf/draw-chart.ts';

const times = { zh: '次', en: 'times' };
const byDay = (days: number): ReportTable => ({
  id: 'by-day',
  title: { zh: '按日统计', en: 'By day' },
  rowLabel: { zh: '日期', en: 'Day' },
  columns: [{ id: 'asked', label: { zh: '申请', en: 'Asked' }, unit: times }],
  rows: Array.from({ length: days }, (_, index) => ({
    key: `d${index}`,
    label: { zh: `第${index}日`, en: `Day ${index}` },
    cells: [{ value: index, trace: { file: 'rows.csv', filter: [{ column: 'day', is: `d${index}` }], measure: 'count' } }],
  })),
});

const document = (days: number): ReportDocument => ({
  kind: 'sample',
  title: { zh: '示例报告', en: 'A sample' },
  institution: 'bank-1',
  period: { from: '2026-10-01', to: '2026-10-31' },
  timeZone: 'Asia/Shanghai',
  generatedAt: '2026-11-01T00:10:00+08:00',
  figures: [
    {
      id: 'refused',
      label: { zh: '拒绝', en: 'Refused' },
      value: 1234,
      unit: times,
      trace: { file: 'rows.csv', filter: [{ column: 'verdict', is: 'refused' }], measure: 'count' },
    },
    {
      id: 'p90',
      label: { zh: '第 90 百分位', en: '90th percentile' },
      value: null,
      unit: { zh: '日', en: 'days' },
      trace: { file: 'rows.csv', filter: [{ column: 'days', filled: true }], measure: 'p90', column: 'days' },
    },
  ],
  tables: [byDay(days)],
  chart: {
    title: { zh: '每日申请', en: 'By day' },
    table: 'by-day',
    columns: ['asked'],
    xLabel: { zh: '日期', en: 'Day' },
    yLabel: { zh: '申请次数（次）', en: 'Times' },
  },
  notes: [{ zh: '口径说明。', en: 'A note.' }],
  sources: [],
  rowFiles: [
    { name: 'rows.csv', title: { zh: '每一行', en: 'Every row' }, columns: [{ id: 'day', label: { zh: '日期', en: 'Day' } }], rows: 3 },
  ],
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
const bytesOf = async (pieces: AsyncIterable<Buffer>): Promise<Buffer> => Buffer.concat(await all(pieces));

/** The parts of a ZIP as text, by the directory at its end. */
function unzipped(zip: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let at = zip.readUInt32LE(zip.length - 6);
  for (let left = zip.readUInt16LE(zip.length - 12); left > 0; left -= 1) {
    const [size, name, extra, comment, local] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ];
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    parts.set(zip.toString('utf8', at + 46, at + 46 + name), inflateRawSync(zip.subarray(data, data + size)).toString());
    at += 46 + name + extra + comment;
  }
  return parts;
}

describe('CSV', () => {
  it('is RFC 4180 and runs nothing in a spreadsheet', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', null, 12.5])).toBe('a,"b,c","d""e","f\ng",,12.5\r\n');
    expect(['=1+1', '+cmd', '-x', '@sum', '\tx', '-12.5', '+86', 'plain'].map(cellText)).toEqual([
      "'=1+1",
      "'+cmd",
      "'-x",
      "'@sum",
      "'\tx",
      '-12.5',
      '+86',
      'plain',
    ]);
  });

  it('begins with a byte order mark, and gives rows in pieces', async () => {
    async function* batches(): AsyncGenerator<string[][]> {
      for (let batch = 0; batch < 100; batch += 1) yield Array.from({ length: 100 }, (_, index) => [`行${batch}`, String(index)]);
    }
    const pieces = await all(rowsCsv(['a', 'b'], batches()));
    const text = Buffer.concat(pieces).toString();
    expect(text.startsWith('\uFEFFa,b\r\n行0,0\r\n')).toBe(true);
    expect(csvRecords(text)).toHaveLength(10_000);
    expect(pieces.length).toBeGreaterThan(1);
    async function* none(): AsyncGenerator<string[][]> {}
    expect((await bytesOf(rowsCsv(['a'], none()))).toString()).toBe('\uFEFFa\r\n');
  });

  it('says every number with its rows', () => {
    expect(renderCsv(document(2))).toBe(
      [
        '\uFEFFid,labelZh,labelEn,value,unitZh,unitEn,file,select',
        'report.kind,示例报告,A sample,sample,,,,',
        'report.institution,机构,Institution,bank-1,,,,',
        'report.from,报告期自,Period from,2026-10-01,,,,',
        'report.to,报告期至,Period to,2026-10-31,,,,',
        'report.timeZone,时区,Time zone,Asia/Shanghai,,,,',
        'report.generatedAt,生成时间,Generated at,2026-11-01T00:10:00+08:00,,,,',
        'refused,拒绝,Refused,1234,次,times,rows.csv,count(verdict=refused)',
        'p90,第 90 百分位,90th percentile,,日,days,rows.csv,"p90(days: days≠"""")"',
        'by-day.d0.asked,第0日 · 申请,Day 0 · Asked,0,次,times,rows.csv,count(day=d0)',
        'by-day.d1.asked,第1日 · 申请,Day 1 · Asked,1,次,times,rows.csv,count(day=d1)',
        '',
      ].join('\r\n'),
    );
  });
});

it('JSON is the document, each number of a table with its id', () => {
  const json = JSON.parse(renderJson(document(2))) as ReportDocument;
  expect(json).toMatchObject({
    ...document(2),
    tables: [{ rows: [{ cells: [{ id: 'by-day.d0.asked', value: 0 }] }, { cells: [{ value: 1 }] }] }],
  });
  expect(renderJson(document(2))).toBe(renderJson(document(2)));
});

describe('XLSX', () => {
  it('has a sheet for the figures and one a table, numbers as numbers', async () => {
    const parts = unzipped(await renderXlsx(document(3)));
    expect([...parts.keys()].filter((name) => name.startsWith('xl/worksheets/sheet'))).toHaveLength(3);
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain('<autoFilter ref="A1:B4"/>');
    expect(parts.get('xl/worksheets/sheet3.xml')).toContain('state="frozen"');
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('<v>1234</v>');
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain('<v>2</v>');
    expect(parts.get('xl/sharedStrings.xml')).toContain('示例报告');
  });

  it('has the date of the report, not of the day', async () => {
    const [first, second] = [await renderXlsx(document(3)), await renderXlsx(document(3))];
    expect(first.equals(second)).toBe(true);
    const [time, date] = [first.readUInt16LE(10), first.readUInt16LE(12)];
    expect([1980 + (date >> 9), (date >> 5) & 15, date & 31, time >> 11, (time >> 5) & 63]).toEqual([2026, 11, 1, 0, 10]);
  });
});

describe('PDF', () => {
  let bytes: Buffer;
  let pages: string[][];
  beforeAll(async () => {
    bytes = await bytesOf(renderPdf(document(90)));
    pages = pdfTexts(bytes);
  });

  it('says in Chinese what the document says', () => {
    const text = pages.flat().join('\n');
    const said = [
      '示例报告',
      'bank-1',
      '2026-10-01 至 2026-10-31',
      '拒绝',
      '1,234',
      '申请次数（次）',
      '第2日',
      '口径说明。',
      '不构成法律意见',
    ];
    expect(said.filter((words) => !text.includes(words))).toEqual([]);
    expect(text).toContain('rows.csv：count(verdict=refused)');
    // Nothing to take a percentile of is not a zero.
    expect(text).toContain('—');
    expect(text).not.toContain('\uFFFD');
  });

  it('goes on over pages with the head of the table, each page numbered', () => {
    expect(pages.length).toBeGreaterThan(2);
    const days = pages.map((texts) => texts.filter((text) => /^第\d+日$/.test(text)));
    for (const [index, texts] of pages.entries()) {
      expect(texts).toContain(`第 ${index + 1} 页 / 共 ${pages.length} 页`);
      if (index > 0 && (days[index]?.length ?? 0) > 0) expect(texts).toContain('申请');
    }
    expect(new Set(days.flat()).size).toBe(90);
  });

  it('is PDF/A-2b as far as its parts say: fonts, colours, metadata and language inside, nothing that runs', async () => {
    const made = await bytesOf(renderPdf({ ...document(2), institution: 'a & <b>' }, 'en'));
    const text = made.toString('latin1');
    const xmp = /<\?xpacket begin[^]*?<\?xpacket end="w"\?>/.exec(made.toString())?.[0] ?? '';
    expect(text.startsWith('%PDF-1.7\n')).toBe(true);
    // Bytes beyond ASCII in the second line: this is no text.
    expect(made.subarray(10, 14).every((byte) => byte > 127)).toBe(true);
    expect(xmp).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(xmp).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
    expect(xmp).toContain('<xmp:CreateDate>2026-10-31T16:10:00Z</xmp:CreateDate>');
    expect(xmp).not.toMatch(/&|<b>/);
    expect(text).toMatch(/\/OutputIntents \[\d+ 0 R\]/);
    expect(text).toMatch(/\/S \/GTS_PDFA1/);
    expect(text).toContain('/Lang (en)');
    expect(text).toMatch(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/);
    const fonts = text.match(/\/Type \/FontDescriptor/g) ?? [];
    expect(fonts.length).toBeGreaterThan(0);
    expect(text.match(/\/FontFile[23] \d+ 0 R/g)).toHaveLength(fonts.length);
    expect(text).not.toMatch(/\/Encrypt|\/JavaScript|\/Launch|\/BaseFont \/(Helvetica|Times|Courier)/);
    // What can be clicked can be printed.
    for (const link of text.match(/<<[^<]*\/Subtype \/Link[^]*?>>/g) ?? []) expect(link).toContain('/F 4');
    expect((await bytesOf(renderPdf({ ...document(2), institution: 'a & <b>' }, 'en'))).equals(made)).toBe(true);
  });

  it('gives the same bytes for the same document', async () => {
    expect((await bytesOf(renderPdf(document(90)))).equals(bytes)).toBe(true);
  });
});

describe('a trace', () => {
  const rows = [
    { verdict: 'refused', rules: 'burst;quiet-hours', days: '3' },
    { verdict: 'refused', rules: 'quiet-hours-not', days: '' },
    { verdict: 'permitted', rules: '', days: '11' },
    { verdict: 'permitted', rules: '', days: '2' },
  ];
  const file = 'rows.csv';

  it('finds its number again', () => {
    expect(recount({ file, filter: [], measure: 'count' }, rows)).toBe(4);
    expect(recount({ file, filter: [{ column: 'rules', has: 'quiet-hours' }], measure: 'count' }, rows)).toBe(1);
    expect(recount({ file, filter: [{ column: 'verdict', is: 'refused' }], measure: 'share', of: [] }, rows)).toBe(50);
    expect(recount({ file, filter: [{ column: 'days', filled: true }], measure: 'median', column: 'days' }, rows)).toBe(3);
    expect(recount({ file, filter: [{ column: 'days', filled: true }], measure: 'p90', column: 'days' }, rows)).toBe(11);
    expect(recount({ file, filter: [{ column: 'days', is: 'x' }], measure: 'median', column: 'days' }, rows)).toBeNull();
  });

  it('takes percentiles by nearest rank', () => {
    const ten = Array.from({ length: 10 }, (_, index) => [index + 1, 1] as const);
    expect([percentile(ten, 0.5), percentile(ten, 0.9), percentile([[7, 3]], 0.9), percentile([], 0.5)]).toEqual([5, 9, 7, null]);
  });
});

it.each([
  [0, 1],
  [3, 1],
  [9, 2],
  [1622, 500],
  [1_000_000, 200_000],
])('an axis up to %d has steps of %d', (max, step) => {
  expect(tickStep(max)).toBe(step);
});
