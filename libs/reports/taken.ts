import { meets, percent, percentile, type Figure, type ReportTable, type TracedRow, type Words } from '#render';
import type { CountColumn, CountGroup } from './count-table.ts';
import type { DataFigure, DataTable } from './data-parts.ts';

// No value has brackets.
const NONE = '(none)';

/** Counts one number while rows go by. */
export class Taken {
  private part = 0;
  private whole = 0;
  private readonly values = new Map<number, number>();

  constructor(private readonly figure: Pick<DataFigure, 'filter' | 'measure' | 'of' | 'column'>) {}

  add(row: TracedRow): void {
    const { filter, measure, of = [], column } = this.figure;
    const weight = column === undefined ? 1 : Number(row[column]);
    const sums = measure === 'sum' || measure === 'share';
    if (measure === 'share' && meets(row, of)) this.whole += weight;
    if (!meets(row, filter)) return;
    this.part += sums ? weight : 1;
    if (measure !== 'median' && measure !== 'p90') return;
    this.values.set(weight, (this.values.get(weight) ?? 0) + 1);
  }

  get value(): number | null {
    const { measure } = this.figure;
    if (measure === 'share') return percent(this.part, this.whole);
    if (measure !== 'median' && measure !== 'p90') return this.part;
    const sorted = [...this.values].toSorted(([a], [b]) => a - b);
    return percentile(sorted, measure === 'median' ? 0.5 : 0.9);
  }
}

/** Counts a table while rows go by; rows of it come up with the values that come by. */
export class TakenTable {
  private readonly rows = new Map<string, { readonly group: CountGroup; readonly cells: readonly Taken[] }>();

  constructor(private readonly table: DataTable) {
    for (const group of table.groups ?? []) this.begin(group);
  }

  add(row: TracedRow): void {
    const { by } = this.table;
    if (by !== undefined) {
      const text = row[by] ?? '';
      const key = text === '' ? NONE : text.replace(/^'/, '');
      if (!this.rows.has(key)) this.begin({ key, label: this.labelOf(key), where: [{ column: by, is: text }] });
    }
    for (const { cells } of this.rows.values()) for (const cell of cells) cell.add(row);
  }

  result(): ReportTable {
    const { id, title, rowLabel, file, columns, note, groups } = this.table;
    const shown = [...this.rows.values()];
    const first = (cells: readonly Taken[]): number => cells[0]?.value ?? 0;
    // Groups that are given stay in their order; values come with the most counted first.
    const ordered = groups ? shown : shown.toSorted((a, b) => first(b.cells) - first(a.cells) || (a.group.key < b.group.key ? -1 : 1));
    return {
      id,
      title,
      rowLabel,
      ...(note ? { note } : {}),
      columns: columns.map((column) => ({
        id: column.id,
        label: column.label,
        unit: column.unit,
      })),
      rows: ordered.map(({ group, cells }) => ({
        key: group.key,
        label: group.label,
        cells: cells.map((cell, index) => ({
          value: cell.value,
          trace: traceOf(file, conditionsOf(columns[index], group)),
        })),
      })),
    };
  }

  private begin(group: CountGroup): void {
    const cells = this.table.columns.map((column) => new Taken(conditionsOf(column, group)));
    this.rows.set(group.key, { group, cells });
  }

  private labelOf(key: string): Words {
    const { names = {}, none = { zh: '未填', en: 'Not given' } } = this.table;
    return names[key] ?? (key === NONE ? none : { zh: key, en: key });
  }
}

function conditionsOf(column: CountColumn | undefined, { key, where }: CountGroup): Pick<DataFigure, 'filter' | 'measure' | 'of'> {
  const own = typeof column?.where === 'function' ? column.where(key) : (column?.where ?? []);
  const filter = [...where, ...own];
  return column?.of === undefined ? { filter, measure: 'count' } : { filter, measure: 'share', of: [...where, ...column.of.where] };
}

export const traceOf = (
  file: string,
  { filter, measure = 'count', of, column }: Pick<DataFigure, 'filter' | 'measure' | 'of' | 'column'>,
): Figure['trace'] => ({
  file,
  filter,
  measure,
  ...(of ? { of } : {}),
  ...(column ? { column } : {}),
});
