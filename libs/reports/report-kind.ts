import type { Principal, Role } from '#auth';
import type { Tx } from '#pg';
import type { Cell, ReportDocument, RowsFile, Words } from '#render';
import type { Period } from './period.ts';

/** What a report is about. */
export interface ReportScope {
  readonly institutionId: string;
  readonly period: Period;
  readonly timeZone: string;
  /** The first instant of the period, and the first after it. */
  readonly from: Date;
  readonly until: Date;
  /** When the rows are read. */
  readonly now: Date;
  /** The same, RFC 3339 in the zone. */
  readonly generatedAt: string;
  /** Whom or what it is about, for kinds that are about one. */
  readonly subject: string | null;
}

/** What a kind needs that is about one case or person. */
export interface AboutOne {
  /** Fewer than may have the other kinds: it has names in it. */
  readonly roles: readonly Role[];
  /** Records that this person reads of it; false: there is no such one here. */
  noteRead(tx: Tx, reader: Principal, subject: string, fields: readonly string[]): Promise<boolean>;
}

/** Where the rows go that a report counts. */
export interface RowsSink {
  /** Says how many rows there will be, for whoever waits. */
  expect(rows: number): void;
  write(file: Omit<RowsFile, 'rows'>, batches: AsyncIterable<readonly (readonly Cell[])[]>): Promise<RowsFile>;
}

/** A kind of report: reads its rows in one transaction, sends them past the sink and says what they amount to. */
export interface ReportKind {
  readonly title: Words;
  readonly about?: AboutOne;
  /** `tx` reads one snapshot and writes nothing. */
  build(tx: Tx, scope: ReportScope, sink: RowsSink): Promise<ReportDocument>;
  /** The institutions that have something to report of. */
  institutions(tx: Tx, from: Date, until: Date): Promise<string[]>;
}

/** The kinds of the service by name. */
export type ReportKinds = ReadonlyMap<string, ReportKind>;
export const REPORT_KINDS = Symbol('report kinds');

/** Rows on their way to the sink, each looked at once. */
export async function* tallied<Row>(
  batches: AsyncIterable<readonly Row[]>,
  tally: (row: Row) => void,
  cells: (row: Row) => Cell[],
): AsyncGenerator<Cell[][]> {
  for await (const batch of batches) {
    for (const row of batch) tally(row);
    yield batch.map(cells);
  }
}
