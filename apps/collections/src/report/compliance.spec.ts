import { csvRecords } from '#testkit';
import { csvLine, recount, suppressed, type Trace } from '#render';
import { scopeOf } from '#reports';
import { sampleDecisions, sampleFindings } from '../../testing/sample-decisions.ts';
import { ComplianceTally } from './compliance.ts';
import * as files from './rows.ts';
import { DECISION_COLUMNS, decisionCells, FINDING_COLUMNS, findingCells, FINDINGS, ROWS } from './rows.ts';

const scope = scopeOf('bank-1', { from: '2026-10-01', to: '2026-10-31' }, new Date('2026-11-01T00:10:00+08:00'));
const decisions = sampleDecisions(2000);
const findings = sampleFindings(50);
const tally = new ComplianceTally();
for (const row of decisions) tally.add(row);
for (const row of findings) tally.addFinding(row);
const calls = ['no-permit', 'no-permit', 'outcome-differs'].map((finding, line): files.CallRow => ({
  reconciliationId: 'r1',
  finishedOn: '2026-10-09',
  line: line + 2,
  finding,
  why: null,
  agencyId: line === 0 ? null : '=a1',
  attemptId: null,
  startedAt: '2026-10-08T10:00:00+08:00',
}));
const repeats = (['agency', 'collector', 'collector'] as const).map((who): files.RepeatRow => ({
  who,
  agencyId: '=a1',
  collectorId: who === 'agency' ? null : 'c/1 ×',
  ruleId: 'burst',
  source: 'refusal',
  on: '2026-10-20',
  reference: 'd1',
  earlierSource: 'look-back',
  earlierOn: '2026-09-20',
}));
const before = files.MEASURES.flatMap((measure, index): files.BeforeRow[] =>
  ['2026-09-01', '2026-09-30'].map((day) => ({ day, measure, count: 10 - index })),
);
for (const row of calls) tally.addCall(row);
for (const row of repeats) tally.addRepeat(row);
for (const row of before) tally.addBefore(row);
const document = tally.toDocument(scope, []);
const table = (id: string) => document.tables.find((one) => one.id === id);

it('finds every number again in its rows', () => {
  const rows: Record<string, Record<string, string>[]> = {
    [ROWS]: csvRecords([csvLine(DECISION_COLUMNS.map(({ id }) => id)), ...decisions.map((row) => csvLine(decisionCells(row)))].join('')),
    [files.CALLS]: csvRecords(
      [csvLine(files.CALL_COLUMNS.map(({ id }) => id)), ...calls.map((row) => csvLine(files.callCells(row)))].join(''),
    ),
    [files.REPEATS]: csvRecords(
      [csvLine(files.REPEAT_COLUMNS.map(({ id }) => id)), ...repeats.map((row) => csvLine(files.repeatCells(row)))].join(''),
    ),
    [files.BEFORE]: csvRecords(
      [csvLine(files.BEFORE_COLUMNS.map(({ id }) => id)), ...before.map((row) => csvLine(files.beforeCells(row)))].join(''),
    ),
    [FINDINGS]: csvRecords([csvLine(FINDING_COLUMNS.map(({ id }) => id)), ...findings.map((row) => csvLine(findingCells(row)))].join('')),
  };
  const traced: { value: number | null; trace: Trace }[] = [
    ...document.figures,
    ...document.tables.flatMap((one) => one.rows.flatMap(({ cells }) => cells)),
  ];
  expect(traced.length).toBeGreaterThan(200);
  expect(traced.filter(({ value, trace }) => recount(trace, rows[trace.file] ?? []) !== value)).toEqual([]);
});

it('counts each refusal once by its first reason, and each permit in one state', () => {
  const value = (id: string): number => document.figures.find((figure) => figure.id === id)?.value ?? 0;
  expect(table('by-rule')?.rows.reduce((sum, { cells }) => sum + (cells[1]?.value ?? 0), 0)).toBe(value('refused'));
  expect(value('closed') + value('lapsed') + value('pending')).toBe(value('permitted'));
  expect(value('permitted') + value('refused')).toBe(value('asked'));
});

it('names what an examiner looks for, and draws what a table says', () => {
  expect(table('by-hour')?.rows).toHaveLength(24);
  expect(table('by-day')?.rows.map(({ key }) => key)).toEqual(expect.arrayContaining(['2026-10-01', '2026-10-31']));
  expect(table('by-rule')?.rows.find(({ key }) => key === 'quiet-hours')?.label).toEqual({
    zh: '禁止时段（quiet-hours）',
    en: 'Quiet hours (quiet-hours)',
  });
  const columns = table(document.chart?.table ?? '')?.columns.map(({ id }) => id) ?? [];
  expect(columns).toEqual(expect.arrayContaining([...(document.chart?.columns ?? [])]));
});

it('says what warned, what a consent let through, who was at it again, and how it was before', () => {
  const cells = (id: string, key: string): (number | null)[] =>
    table(id)
      ?.rows.find((row) => row.key === key)
      ?.cells.map(({ value }) => value) ?? [];
  expect(cells('by-consent', 'out-of-hours')[0]).toBe(document.figures.find(({ id }) => id === 'by-consent')?.value);
  expect(cells('warnings-by-rule', 'visit-team')[1]).toBe(document.figures.find(({ id }) => id === 'warned')?.value);
  expect(cells('calls-by-agency', '=a1')).toEqual([2, 1, 0, 0, 0, 1]);
  expect(cells('repeat-agencies', '%3Da1/burst')).toEqual([1, 1, 0, 0]);
  expect(cells('repeat-collectors', '%3Da1/c%2F1%20%C3%97/burst')).toEqual([2, 2, 0, 0]);
  expect(cells('period-before', 'asked')).toEqual([2000, 20]);
  expect(cells('period-before', 'refusedShare')[1]).toBe(80);
  expect(suppressed(document).tables.map(({ id }) => id)).not.toContain('repeat-collectors');
});
