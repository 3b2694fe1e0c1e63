import { pdfTexts } from '#testkit';
import { renderPdf } from './index.ts';
import { MOST_LISTED_ROWS } from './pdf/draw-list.ts';
import { sampleReport } from './testing/sample-report.ts';

async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

describe('rows on paper', () => {
  const names = { permitted: { zh: '许可', en: 'Permitted' }, refused: { zh: '拒绝', en: 'Refused' } };
  const listed = [
    { head: { zh: '规则', en: 'Rule' }, from: { zh: 'says', en: 'saysEn' }, share: 0.7 },
    { head: { zh: '结论', en: 'Verdict' }, from: { zh: 'verdict', en: 'verdict' }, share: 0.3, names },
  ];
  const columns = ['says', 'saysEn', 'verdict'];
  const file = (rows: number) => ({
    name: 'rules.csv',
    title: { zh: '每一条', en: 'Every one' },
    columns: columns.map((id) => ({ id, label: { zh: id, en: id } })),
    listed,
    rows,
  });
  const sheet = (count: number) => ({
    name: 'rules.csv',
    columns,
    rows: Array.from({ length: count }, (_, n) => [
      `'=第${n}条`,
      `'=row ${n}`,
      n % 2 === 0 ? 'permitted;refused' : '2026-10-31T08:00:00+08:00',
    ]),
  });
  const textOf = async (count: number, language: 'zh' | 'en', rows = [sheet(count)]): Promise<string[]> =>
    pdfTexts(await bytesOf(renderPdf({ ...sampleReport(1), rowFiles: [file(count)] }, language, rows))).flat();

  it('stand in the language of the paper, codes by their names, without the apostrophe of spreadsheets', async () => {
    expect(await textOf(2, 'en')).toEqual(
      expect.arrayContaining([
        'Rule',
        'Verdict',
        '=row 0',
        'Permitted, Refused',
        '=row 1',
        '2026-10-31 08:00:00',
        'Times are those of Asia/Shanghai.',
      ]),
    );
    expect(await textOf(2, 'zh')).toEqual(expect.arrayContaining(['规则', '=第0条', '许可、拒绝']));
  });

  it('stay in their file where there are too many', async () => {
    const most = await textOf(MOST_LISTED_ROWS + 1, 'en');
    expect(most.filter((text) => text.startsWith('=row '))).toHaveLength(MOST_LISTED_ROWS);
    expect(most.join('\n')).toContain('The first 5,000 of 5,001 rows; the others are in the file rules.csv.');
    expect((await textOf(30_000, 'en', [])).join('\n')).toContain('30,000 rows, in the file rules.csv.');
  });

  it('the foot of each page has the whole digest and the whole root of the evidence log', async () => {
    const [sha256, rootHash] = ['a'.repeat(64), 'b'.repeat(64)];
    const edition = {
      version: 1,
      audience: 'internal' as const,
      subject: null,
      evidenceHead: { size: 7, rootHash },
      correction: null,
      sha256,
    };
    const pages = pdfTexts(await bytesOf(renderPdf({ ...sampleReport(90), edition }, 'en')));
    for (const texts of pages) {
      expect(texts).toContain(`SHA-256 ${sha256}`);
      expect(texts).toContain(`Evidence head 7 records · ${rootHash}`);
    }
  });
});
