import fc from 'fast-check';
import { leftOut, numbersOf, suppressed, type Condition, type ReportDocument } from './index.ts';

const no = { zh: '', en: '' };
const is = (column: string, value: string): Condition => ({ column, is: value });
const count = (...filter: Condition[]) => ({ file: 'rows.csv', filter, measure: 'count' }) as const;

/** Counts by group and kind, with their totals: `cells[group][kind]`. */
function report(cells: readonly (readonly number[])[]): ReportDocument {
  const kinds = cells[0]?.length ?? 0;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const ofKind = (kind: number): number => sum(cells.map((row) => row[kind] ?? 0));
  const all = sum(cells.flat());
  const columns = ['all', ...Array.from({ length: kinds }, (_, kind) => `k${kind}`)];
  return {
    kind: 'x',
    title: no,
    institution: 'b',
    period: {
      from: '2026-01-01',
      to: '2026-01-31',
    },
    timeZone: 'Asia/Shanghai',
    generatedAt: '',
    figures: [
      {
        id: 'all',
        label: no,
        unit: no,
        value: all,
        trace: count(),
      },
      ...Array.from({ length: kinds }, (_, kind) => ({
        id: `k${kind}`,
        label: no,
        unit: no,
        value: ofKind(kind),
        trace: count(is('kind', `${kind}`)),
      })),
      {
        id: 'share',
        label: no,
        unit: no,
        value: 10,
        trace: {
          file: 'rows.csv',
          filter: [is('kind', '0')],
          measure: 'share',
          of: [],
        },
      },
      {
        id: 'median',
        label: no,
        unit: no,
        value: 3,
        trace: {
          file: 'rows.csv',
          filter: [is('kind', '0')],
          measure: 'median',
          column: 'days',
        },
      },
    ],
    tables: [
      {
        id: 't',
        title: no,
        rowLabel: no,
        columns: columns.map((id) => ({
          id,
          label: no,
          unit: no,
        })),
        rows: cells.map((row, group) => ({
          key: `g${group}`,
          label: no,
          cells: [
            {
              value: sum(row),
              trace: count(is('group', `${group}`)),
            },
            ...row.map((value, kind) => ({
              value,
              trace: count(is('group', `${group}`), is('kind', `${kind}`)),
            })),
          ],
        })),
      },
    ],
    chart: null,
    notes: [],
    sources: [],
    rowFiles: [
      {
        name: 'rows.csv',
        title: no,
        columns: [],
        rows: all,
      },
    ],
  };
}

/** All tables of small counts that agree with what is shown; whether some cell could be only one thing. */
function revealed(cells: readonly (readonly number[])[], document: ReportDocument): boolean {
  const table = document.tables[0];
  const kinds = cells[0]?.length ?? 0;
  const shown = (id: string): number | null => numbersOf(document).find((number) => number.id === id)?.value ?? null;
  const seen = cells.map(() => Array.from({ length: kinds }, () => new Set<number>()));
  const most = Math.max(...cells.flat()) + 3;
  const trial: number[][] = cells.map((row, group) => row.map((_value, kind) => table?.rows[group]?.cells[kind + 1]?.value ?? -1));
  const places = trial.flatMap((row, group) => row.flatMap((value, kind) => (value < 0 ? [[group, kind] as const] : [])));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const agrees = (): boolean => {
    const close = (value: number, id: string): boolean => shown(id) === null || shown(id) === value;
    return (
      trial.every((row, group) => close(sum(row), `t.g${group}.all`)) &&
      Array.from({ length: kinds }, (_, kind) => kind).every((kind) => close(sum(trial.map((row) => row[kind] ?? 0)), `k${kind}`)) &&
      close(sum(trial.flat()), 'all')
    );
  };
  const walk = (at: number): void => {
    const place = places[at];
    if (!place) {
      if (agrees()) for (const [group, kind] of places) seen[group]?.[kind]?.add(trial[group]?.[kind] ?? 0);
      return;
    }
    const [group, kind] = place;
    for (let value = 1; value <= most; value += 1) {
      const row = trial[group];
      if (row) row[kind] = value;
      walk(at + 1);
    }
    const row = trial[group];
    if (row) row[kind] = -1;
  };
  if (places.length > 4) return false; // More are walked through by nobody in a second.
  walk(0);
  return places.some(([group, kind]) => (seen[group]?.[kind]?.size ?? 0) < 2);
}

it('leaves out what is small, with as much as it takes; zeros and rows that are large stay', () => {
  const document = suppressed(
    report([
      [3, 40],
      [12, 50],
      [0, 20],
    ]),
  );
  expect(leftOut(document)).toEqual(expect.arrayContaining(['t.g0.k0', 't.g1.k0', 't.g0.k1', 't.g1.k1']));
  const shown = numbersOf(document).map(({ id, value }) => [id, value]);
  expect(shown).toEqual(
    expect.arrayContaining([
      ['all', 125],
      ['t.g2.k0', 0],
      ['t.g2.k1', 20],
      ['k0', 15],
    ]),
  );
  expect(document.rowFiles).toEqual([]);
  expect(document.notes).toHaveLength(1);
});

it('leaves out shares and medians that rest on few', () => {
  const few = suppressed(report([[3], [0]]));
  expect(numbersOf(few).filter(({ value }) => value !== null && value !== 0)).toEqual([]);
  expect(leftOut(few)).toEqual(expect.arrayContaining(['share', 'median', 'all', 'k0']));
  const many = suppressed(
    report([
      [30, 9],
      [40, 9],
    ]),
  );
  expect(leftOut(many)).toEqual([]);
  expect(many.figures.find(({ id }) => id === 'share')?.value).toBe(10);
});

it('two small ones that add up to no more than two are not told by their sum', () => {
  expect(
    leftOut(
      suppressed(
        report([
          [1, 40],
          [1, 50],
          [30, 60],
        ]),
      ),
    ),
  ).toContain('t.g2.k0');
});

it('whatever the numbers: none from 1 to 4 is shown, and none that is left out can be one thing only', () => {
  const cells = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 8 })), { minLength: 2, maxLength: 3 });
  fc.assert(
    fc.property(cells, (given) => {
      const document = suppressed(report(given));
      const small = numbersOf(document).filter(({ value, trace }) => trace.measure === 'count' && value !== null && value > 0 && value < 5);
      expect(small).toEqual([]);
      expect(revealed(given, document)).toBe(false);
    }),
    { numRuns: 40 },
  );
});
