import { csvRecords, pdfTexts } from '#testkit';
import { recount, type ReportDocument, type Trace } from '#render';
import { manager, OCTOBER, ReportRoom } from '../../testing/report-room.ts';
import { BANK } from '../../testing/stage.ts';

let room: ReportRoom;
beforeAll(async () => {
  room = await ReportRoom.open();
});
afterAll(() => room.stage.close());

describe('the compliance report', () => {
  let id: string;
  let document: ReportDocument;
  let rows: Record<string, Record<string, string>[]>;
  beforeAll(async () => {
    ({ id } = await room.ask({ formats: ['json', 'pdf', 'csv', 'xlsx', 'pdf'] }));
    await room.runner.run(BANK, id);
    document = JSON.parse((await room.content(id, 'report.json')).toString()) as ReportDocument;
    rows = Object.fromEntries(
      await Promise.all(document.rowFiles.map(async ({ name }) => [name, csvRecords((await room.content(id, name)).toString())])),
    );
  });

  it('counts what was decided in the period, to the instant', () => {
    const figures = Object.fromEntries(document.figures.map(({ id: figure, value }) => [figure, value]));
    expect(figures).toEqual({
      asked: 10,
      permitted: 5,
      refused: 5,
      'refused-share': 50,
      closed: 1,
      lapsed: 4,
      pending: 0,
      warned: 5,
      'by-consent': 0,
      'lookback-findings': 5,
      'call-findings': 0,
      'calls-without-permit': 0,
      'repeats-of-agencies': 0,
      'repeats-of-collectors': 0,
    });
    expect(rows['rows.csv']?.map(({ decidedAt }) => decidedAt).toSorted()).toEqual(rows['rows.csv']?.map(({ decidedAt }) => decidedAt));
    expect(document).toMatchObject({ institution: BANK, period: OCTOBER, generatedAt: '2026-11-01T00:10:00+08:00' });
  });

  it('has every number found again in its rows', () => {
    const traced: { id: string; value: number | null; trace: Trace }[] = [
      ...document.figures,
      ...document.tables.flatMap((table) =>
        table.rows.flatMap((row) => row.cells.map((cell) => ({ id: `${table.id} ${row.key}`, ...cell }))),
      ),
    ];
    expect(traced.length).toBeGreaterThan(200);
    const wrong = traced.filter(({ value, trace }) => recount(trace, rows[trace.file] ?? []) !== value);
    expect(wrong).toEqual([]);
  });

  it('says by rule, hour and agency what was refused', () => {
    const cells = (table: string, row: string): (number | null)[] =>
      document.tables
        .find((one) => one.id === table)
        ?.rows.find(({ key }) => key === row)
        ?.cells.map(({ value }) => value) ?? [];
    expect(cells('by-rule', 'quiet-hours')).toEqual([2, 2]);
    expect(cells('by-rule', 'burst')).toEqual([3, 0]);
    expect(cells('by-rule', 'conversations-per-debtor')).toEqual([3, 3]);
    // 22:30 in Harbin is 20:30 in Urumqi.
    expect(cells('by-hour', '20')).toEqual([1, 1, 0]);
    expect(cells('by-hour', '22')).toEqual([0, 0, 0]);
    expect(cells('by-agency', '=a1')).toEqual([6, 3, 3, 50]);
    expect(cells('by-agency', '(own)')).toEqual([2, 0, 2, 100]);
    expect(cells('outcomes', 'conversation')).toEqual([1]);
    expect(cells('lookback-by-rule', 'quiet-hours')).toEqual([3, 3, 0]);
  });

  it('comes in every format that was asked for, once, with its rows', async () => {
    const view = await room.service.find(manager, id);
    expect(view).toMatchObject({
      state: 'done',
      progress: { done: 17, total: 17 },
      formats: ['pdf', 'xlsx', 'csv', 'json'],
      origin: 'request',
    });
    expect(view.files.map(({ name }) => name)).toEqual([
      'report.pdf',
      'report.xlsx',
      'figures.csv',
      'report.json',
      'rows.csv',
      'lookback-findings.csv',
      'call-findings.csv',
      'repeats.csv',
      'period-before.csv',
    ]);
    const texts = pdfTexts(await room.content(id, 'report.pdf')).flat();
    expect(texts).toEqual(expect.arrayContaining(['催收合规报告', '禁止时段（quiet-hours）', '=a1', '50']));
    expect(texts.join('')).not.toContain('\uFFFD');
    // An agency whose id a spreadsheet would run.
    expect((await room.content(id, 'rows.csv')).toString()).toContain(",'=a1,");
  });
});
