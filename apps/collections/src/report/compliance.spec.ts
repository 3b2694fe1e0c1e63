import { csvRecords } from '#testkit';
import { csvLine, recount, type Trace } from '#render';
import { scopeOf } from '#reports';
import { sampleDecisions, sampleFindings } from '../../testing/sample-decisions.ts';
import { ComplianceTally } from './compliance.ts';
import { DECISION_COLUMNS, decisionCells, FINDING_COLUMNS, findingCells, FINDINGS, ROWS } from './rows.ts';

const scope = scopeOf('bank-1', { from: '2026-10-01', to: '2026-10-31' }, new Date('2026-11-01T00:10:00+08:00'));
const decisions = sampleDecisions(2000);
const findings = sampleFindings(50);
const tally = new ComplianceTally();
for (const row of decisions) tally.add(row);
for (const row of findings) tally.addFinding(row);
const document = tally.toDocument(scope, []);
const table = (id: string) => document.tables.find((one) => one.id === id);

it('finds every number again in its rows', () => {
  const rows: Record<string, Record<string, string>[]> = {
    [ROWS]: csvRecords([csvLine(DECISION_COLUMNS.map(({ id }) => id)), ...decisions.map((row) => csvLine(decisionCells(row)))].join('')),
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
