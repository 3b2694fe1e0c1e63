import type { Type } from '@nestjs/common';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import {
  cellText,
  type BarChart,
  type Cell,
  type Figure,
  type ListedColumn,
  type ReportDocument,
  type ReportTable,
  type RowsFile,
  type TracedRow,
  type Words,
} from '#render';
import type { ReportKind, ReportScope, RowsSink } from './report-kind.ts';
import { throughCursor } from './snapshot.ts';
import type { DataFigure, DataTable } from './data-parts.ts';
import { Taken, TakenTable, traceOf } from './taken.ts';

/** A row as it is read, by the ids of its columns. */
export type DataRow = Readonly<Record<string, unknown>>;

/** What the statement of a file is given, in the order of its parameters. */
export type Param = 'institutionId' | 'from' | 'until' | 'now' | 'firstDay' | 'lastDay' | 'subject' | 'timeZone';

/** Rows that a report counts: read by one statement whose columns are named like those of the file, or by code. */
export interface DataFile {
  readonly name: string;
  readonly title: Words;
  readonly columns: readonly { readonly id: string; readonly label: Words }[];
  readonly listed?: readonly ListedColumn[];
  readonly rows:
    { readonly sql: string; readonly params: readonly Param[] } | ((tx: Tx, scope: ReportScope) => AsyncIterable<readonly DataRow[]>);
}

export interface DataParts {
  readonly files: readonly DataFile[];
  readonly figures: readonly DataFigure[];
  readonly tables: readonly DataTable[];
}

/** A report as data: rows, and what is counted of them. */
export interface DataKind extends DataParts {
  readonly kind: string;
  readonly title: Words;
  readonly chart: BarChart | null;
  readonly trend?: BarChart;
  readonly notes: readonly Words[];
  readonly sources: readonly Words[];
}

export interface CountedParts {
  readonly figures: Figure[];
  readonly tables: ReportTable[];
  readonly rowFiles: RowsFile[];
}

type Counter = (row: TracedRow) => void;

function valueOf({ from, until, period, now, ...scope }: ReportScope, param: Param): unknown {
  switch (param) {
    case 'from':
      return from;
    case 'until':
      return until;
    case 'now':
      return now;
    case 'firstDay':
      return period.from;
    case 'lastDay':
      return period.to;
    default:
      return scope[param];
  }
}

/** A value as it stands in a file: instants in the zone of the report, lists with semicolons. */
export function cellOf(value: unknown, timeZone: string): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return Zone.of(timeZone).format(Math.floor(value.getTime() / 1000) * 1000);
  if (Array.isArray(value)) return value.join(';');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? value : String(value);
}

// As whoever reads the file again has it.
const read = (cell: Cell): string => (cell === null ? '' : typeof cell === 'number' ? String(cell) : cellText(cell));

async function* counted(
  batches: AsyncIterable<readonly DataRow[]>,
  { columns }: DataFile,
  counters: readonly Counter[],
  timeZone: string,
): AsyncGenerator<Cell[][]> {
  for await (const batch of batches) {
    yield batch.map((row) => {
      const cells = columns.map(({ id }) => cellOf(row[id], timeZone));
      const text = Object.fromEntries(columns.map(({ id }, index) => [id, read(cells[index] ?? null)]));
      for (const count of counters) count(text);
      return cells;
    });
  }
}

/** Reads the files, writes them, and counts what is asked of them. */
export async function countParts(tx: Tx, scope: ReportScope, sink: RowsSink, { files, figures, tables }: DataParts): Promise<CountedParts> {
  const taken = figures.map((figure) => ({ figure, count: new Taken(figure) }));
  const tallies = tables.map((table) => ({ table, tally: new TakenTable(table) }));
  const rowFiles: RowsFile[] = [];
  for (const file of files) {
    const counters: Counter[] = [
      ...taken
        .filter(({ figure }) => figure.file === file.name)
        .map(
          ({ count }): Counter =>
            (row) =>
              count.add(row),
        ),
      ...tallies
        .filter(({ table }) => table.file === file.name)
        .map(
          ({ tally }): Counter =>
            (row) =>
              tally.add(row),
        ),
    ];
    const { name, title, columns, listed, rows } = file;
    const batches =
      typeof rows === 'function'
        ? rows(tx, scope)
        : throughCursor<DataRow>(
            tx,
            rows.sql,
            rows.params.map((param) => valueOf(scope, param)),
          );
    rowFiles.push(await sink.write({ name, title, columns, ...(listed && { listed }) }, counted(batches, file, counters, scope.timeZone)));
  }
  return {
    figures: taken.map(({ figure, count }) => ({
      id: figure.id,
      label: figure.label,
      unit: figure.unit,
      value: count.value,
      trace: traceOf(figure.file, figure),
    })),
    tables: tallies.map(({ tally }) => tally.result()),
    rowFiles,
  };
}

const NIL: Words = { zh: '零报告：报告期内没有任何记录。', en: 'Nil report: there is no record in the period.' };

/** The document, which says so where there is no row to say anything of. */
export const withNil = (document: ReportDocument): ReportDocument =>
  document.rowFiles.every(({ rows }) => rows === 0) ? { ...document, notes: [NIL, ...document.notes] } : document;

/** The report that the data say. */
export function documentOf(spec: DataKind, scope: ReportScope, parts: CountedParts): ReportDocument {
  const { kind, title, chart, trend, notes, sources } = spec;
  return withNil({
    kind,
    title,
    institution: scope.institutionId,
    period: scope.period,
    timeZone: scope.timeZone,
    generatedAt: scope.generatedAt,
    ...parts,
    chart,
    ...(trend ? { trend } : {}),
    notes,
    sources,
  });
}

/** A kind of report that is nothing but data, as the module takes it. Made by itself where a schedule says so. */
export function dataKind(spec: DataKind): Type<ReportKind> {
  return class DataReport implements ReportKind {
    readonly title = spec.title;

    async build(tx: Tx, scope: ReportScope, sink: RowsSink): Promise<ReportDocument> {
      return documentOf(spec, scope, await countParts(tx, scope, sink, spec));
    }

    async institutions(): Promise<string[]> {
      return [];
    }
  };
}
