import { csvRecords } from '#testkit';
import { csvLine, recount, renderCsv, type Trace } from '#render';
import { scopeOf } from '#reports';
import { sampleComplaints } from '../../testing/sample-complaints.ts';
import { bucketOf, BUCKETS, COMPLAINT_COLUMNS, complaintCells, type Bucket, type ComplaintRow } from './rows.ts';
import { TimelinessTally } from './timeliness.ts';

const scope = scopeOf('bank-1', { from: '2026-10-01', to: '2026-10-31' }, new Date('2026-12-15T01:00:00.5Z'));

function report(rows: readonly ComplaintRow[]) {
  const tally = new TimelinessTally();
  for (const row of rows) tally.add(row);
  const file = [csvLine(COMPLAINT_COLUMNS.map(({ id }) => id)), ...rows.map((row) => csvLine(complaintCells(row)))].join('');
  return {
    document: tally.toDocument(scope, (_dimension, code) => (code === 'fees' ? { zh: '收费', en: 'Fees' } : null), []),
    records: csvRecords(file),
  };
}

it.each<[string, boolean, boolean, number | null, Bucket]>([
  ['met', true, false, 0, 'within-15'],
  ['met', true, false, 15, 'within-15'],
  ['missed', true, false, 16, 'within-30'],
  ['met', true, false, 30, 'within-30'],
  ['met', true, false, 31, 'within-60'],
  ['missed', true, false, 60, 'within-60'],
  ['missed', true, false, 61, 'later'],
  ['met', true, false, null, 'unknown-day'],
  ['running', false, false, null, 'open'],
  ['paused', false, false, null, 'open'],
  ['missed', false, true, null, 'overdue'],
  ['withdrawn', true, false, null, 'withdrawn'],
  ['declined', true, false, null, 'declined'],
  ['merged', true, false, null, 'merged'],
])('%s, closed %s, overdue %s, after %s days: %s', (state, closed, overdue, days, bucket) => {
  expect(bucketOf({ state, closed, overdue, days })).toBe(bucket);
});

it('finds every number again in its rows', () => {
  const { document, records } = report(sampleComplaints(700));
  const traced: { value: number | null; trace: Trace }[] = [
    ...document.figures,
    ...document.tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
  ];
  expect(traced.length).toBeGreaterThan(150);
  expect(traced.filter(({ value, trace }) => recount(trace, records) !== value)).toEqual([]);
  expect(BUCKETS.filter((bucket) => (document.figures.find(({ id }) => id === bucket)?.value ?? 0) === 0)).toEqual([]);
});

it('has every complaint in one bucket, of every channel, category and agency', () => {
  const { document } = report(sampleComplaints(700));
  const value = (id: string): number => document.figures.find((figure) => figure.id === id)?.value ?? 0;
  expect(BUCKETS.reduce((sum, bucket) => sum + value(bucket), 0)).toBe(value('received'));
  for (const { rows } of document.tables.slice(1)) expect(rows.reduce((sum, { cells }) => sum + (cells[0]?.value ?? 0), 0)).toBe(700);
});

it('counts what a person has confirmed, by area and class, on time and late; what nobody has stays apart', () => {
  const sample = sampleComplaints(700);
  const { document } = report(sample);
  const table = (id: string) => document.tables.find((each) => each.id === id);
  expect(document.tables.map(({ id }) => id).slice(-4)).toEqual(['by-area', 'by-cause', 'by-business', 'by-class-channel']);
  const counted = (rows: readonly ComplaintRow[]) => {
    const [onTime, late] = [rows.filter(({ state }) => state === 'met').length, rows.filter(({ state }) => state === 'missed').length];
    return [rows.length, onTime, late, Math.round((1000 * onTime) / (onTime + late)) / 10];
  };
  for (const area of ['collection', 'marketing', null]) {
    const row = table('by-area')?.rows.find(({ key }) => key === (area ?? '(none)'));
    expect(row?.cells.map(({ value }) => value)).toEqual(counted(sample.filter((each) => each.area === area)));
  }
  const labels = new Map(table('by-cause')?.rows.map(({ key, label }) => [key, label.zh]));
  expect([labels.get('fees'), labels.get('=cause'), labels.get('(none)')]).toEqual(['收费', '=cause', '未确认分类']);
});

it('of nothing says nothing', () => {
  const { document } = report([]);
  const value = (id: string): unknown => document.figures.find((figure) => figure.id === id)?.value;
  expect([value('received'), value('median-days'), value('p90-days'), value('within-15-share')]).toEqual([0, null, null, null]);
  expect(document.generatedAt).toBe('2026-12-15T09:00:00+08:00');
  expect(renderCsv(document)).toContain('median-days,办理天数中位数,Median of days to telling,,日,days,rows.csv');
});
