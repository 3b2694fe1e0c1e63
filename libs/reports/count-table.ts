import { percent, type Condition, type ReportTable, type TableColumn, type Words } from '#render';

/** Counts of rows by group and column, gathered while the rows go by. */
export class Counts {
  private readonly groups = new Map<string, Map<string, number>>();

  add(group: string, ...columns: readonly string[]): void {
    const counts = this.groups.get(group) ?? new Map<string, number>();
    this.groups.set(group, counts);
    for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  }

  of(group: string, column: string): number {
    return this.groups.get(group)?.get(column) ?? 0;
  }

  /** The groups, those with the highest count in the column first. */
  most(column: string): string[] {
    return [...this.groups.keys()].toSorted((a, b) => this.of(b, column) - this.of(a, column) || (a < b ? -1 : 1));
  }
}

/** A column of a table: how many rows of the group meet `where`; or, with `of`, their share in percent of those that meet `of`. */
export interface CountColumn extends TableColumn {
  /** Beside the conditions of the group; a function of its key where they depend on it. */
  readonly where: readonly Condition[] | ((group: string) => readonly Condition[]);
  readonly of?: { readonly column: string; readonly where: readonly Condition[] };
}

export interface CountGroup {
  readonly key: string;
  readonly label: Words;
  readonly where: readonly Condition[];
}

interface CountTable {
  readonly id: string;
  readonly title: Words;
  readonly rowLabel: Words;
  readonly file: string;
  readonly columns: readonly CountColumn[];
  readonly groups: readonly CountGroup[];
  readonly note?: Words;
}

/** A table of counts, each with the trace that says what was counted. */
export function countTable({ file, columns, groups, ...table }: CountTable, counts: Counts): ReportTable {
  return {
    ...table,
    columns: columns.map(({ id, label, unit }) => ({ id, label, unit })),
    rows: groups.map(({ key, label, where }) => ({
      key,
      label,
      cells: columns.map((column) => {
        const filter = [...where, ...(typeof column.where === 'function' ? column.where(key) : column.where)];
        if (column.of === undefined) return { value: counts.of(key, column.id), trace: { file, filter, measure: 'count' } };
        const [part = '', whole = ''] = [column.id.replace(/Share$/, ''), column.of.column];
        const value = percent(counts.of(key, part), counts.of(key, whole));
        return { value, trace: { file, filter, measure: 'share', of: [...where, ...column.of.where] } };
      }),
    })),
  };
}
