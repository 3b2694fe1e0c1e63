import { barsOf, isDocument, traceText, type ReportTable } from './document.ts';

const words = (text: string) => ({ zh: text, en: text });
const trace = { file: 'rows.csv', filter: [], measure: 'count' } as const;
const table: ReportTable = {
  id: 'hours',
  title: words('by hour'),
  rowLabel: words('hour'),
  columns: ['asked', 'permitted', 'refused'].map((id) => ({ id, label: words(id), unit: words('') })),
  rows: [8, 9].map((hour) => ({
    key: String(hour),
    label: words(String(hour)),
    cells: [3, 2, 1].map((value) => ({ value: value * hour, trace })),
  })),
};

describe('a report to be shown', () => {
  it('is known by its parts', () => {
    expect(isDocument({ figures: [], tables: [], notes: [], sources: [] })).toBe(true);
    expect(isDocument({ figures: [] })).toBe(false);
    expect(isDocument(null)).toBe(false);
  });

  it('draws the columns that its chart names', () => {
    const chart = { title: words('c'), table: 'hours', columns: ['permitted', 'refused'], xLabel: words('x'), yLabel: words('y') };
    expect(barsOf({ chart, tables: [table] })).toStrictEqual({
      names: [words('8'), words('9')],
      series: [
        { label: words('permitted'), values: [16, 18] },
        { label: words('refused'), values: [8, 9] },
      ],
    });
    expect(barsOf({ chart: null, tables: [table] })).toBeNull();
    expect(barsOf({ chart: { ...chart, table: 'other' }, tables: [table] })).toBeNull();
  });

  it('says how a number is found again', () => {
    expect(
      traceText({
        file: 'rows.csv',
        measure: 'count',
        filter: [
          { column: 'verdict', is: 'refused' },
          { column: 'rules', has: 'burst' },
        ],
      }),
    ).toBe('count(verdict=refused & rules~burst)');
    expect(traceText({ file: 'rows.csv', measure: 'share', filter: [{ column: 'told', filled: true }], of: [] })).toBe(
      'share(told≠"" / *)',
    );
    expect(traceText({ file: 'rows.csv', measure: 'median', filter: [], column: 'days' })).toBe('median(days: *)');
  });
});
