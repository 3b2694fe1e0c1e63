import type { TableRow } from './batch.ts';
import { TableError, type RowError, type RowErrorCode } from './table-error.ts';

/** The longest text of one cell, in UTF-16 units. */
export const MAX_FIELD = 64 * 1024;

const details: Record<RowErrorCode, string> = {
  encoding: 'This row has bytes that are not UTF-8. Save the file as UTF-8 (in Excel: "CSV UTF-8") and send the row again.',
  'too-few-cells': 'This row has fewer cells than the header.',
  'too-many-cells': 'This row has more cells than the header. A text that contains the separator must stand in double quotes.',
  'unclosed-quote': 'A double quote opens in this row and does not close within 64 KiB.',
  'bad-quote': 'Text follows a closing double quote. Inside a quoted text write "" for each quote.',
  'field-too-long': 'A cell is longer than 64 KiB.',
  cell: 'A cell holds an error of the spreadsheet instead of a value.',
};

export const rowError = (row: number, column: string | null, code: RowErrorCode): RowError => ({
  row,
  column,
  code,
  detail: details[code],
});

interface Quoted {
  readonly cells: string[];
  /** Where the next row begins. */
  readonly next: number;
}
interface QuoteFault {
  readonly code: 'unclosed-quote' | 'bad-quote';
  readonly cell: number;
}

const isFault = (found: Quoted | QuoteFault): found is QuoteFault => 'code' in found;

/**
 * Cuts text into rows. Rows without a double quote, nearly all in practice, are split by the engine's own code; only a row with one
 * is walked by hand. A fault stays with its row: reading goes on at the line after the one where the row began.
 */
export class CsvRows {
  /** The header's cells, once seen. */
  header: readonly string[] | null = null;
  rows: TableRow[] = [];
  errors: RowError[] = [];
  private separator = ',';
  private held = '';
  private row = 0;
  private order: readonly number[] | null = null;

  /** `onHeader` checks the header and says which cell of a row goes to which column (null: all, as they stand; -1: none). */
  constructor(
    private readonly newline: '\n' | '\r',
    private readonly onHeader: (header: readonly string[], row: number, damaged: boolean) => readonly number[] | null,
  ) {}

  /** Takes whole lines (the last text may lack its line break) and fills `rows` and `errors`. */
  push(block: string, damaged: boolean, last: boolean): void {
    const text = this.held === '' ? block : this.held + block;
    this.held = '';
    // A damaged row may have begun in an earlier block: then every block up to its end is looked at closely.
    const suspicious = damaged || !text.isWellFormed();
    if (text.includes('"')) this.walk(text, suspicious, last);
    else this.split(text, suspicious);
  }

  /** Measured: the engine's split over the whole block is four times as quick as searching for each line break in turn. */
  private split(text: string, suspicious: boolean): void {
    const lines = text.split(this.newline);
    // What follows the last line break is no line.
    if (lines.at(-1) === '') lines.pop();
    for (const line of lines) this.take(line, suspicious);
  }

  private walk(text: string, suspicious: boolean, last: boolean): void {
    let at = 0;
    while (at < text.length) {
      const end = this.lineEnd(text, at);
      const line = text.slice(at, end);
      if (!line.includes('"')) {
        this.take(line, suspicious);
        at = end + 1;
        continue;
      }
      if (this.header === null) this.chooseSeparator(line);
      const found = this.readQuoted(text, at, last);
      if (found === null) {
        this.held = text.slice(at);
        return;
      }
      this.row += 1;
      if (isFault(found)) {
        if (this.header === null) throw new TableError('columns', `The header, row ${this.row}: ${details[found.code]}`, this.row);
        // A damaged byte may have eaten a quote, and it is what the sender can repair.
        const code = suspicious && !line.isWellFormed() ? 'encoding' : found.code;
        this.fail(found.cell, code);
        at = end + 1;
      } else {
        this.finish(found.cells, suspicious);
        at = found.next;
      }
    }
  }

  private take(whole: string, suspicious: boolean): void {
    this.row += 1;
    const line = whole.charCodeAt(whole.length - 1) === 13 ? whole.slice(0, -1) : whole;
    if (line.length === 0) return;
    if (this.header === null) this.chooseSeparator(line);
    this.finish(line.split(this.separator), suspicious);
  }

  private chooseSeparator(line: string): void {
    this.separator = !line.includes(',') && line.includes('\t') ? '\t' : ',';
  }

  private finish(cells: string[], suspicious: boolean): void {
    const header = this.header;
    if (header === null) {
      if (cells.every((cell) => cell.trim() === '')) return;
      this.header = cells.map((cell) => cell.trim());
      this.order = this.onHeader(this.header, this.row, suspicious && cells.some((cell) => !cell.isWellFormed()));
      return;
    }
    if (suspicious) {
      const bad = cells.findIndex((cell) => !cell.isWellFormed());
      if (bad >= 0) return this.fail(bad, 'encoding');
    }
    if (cells.length !== header.length) {
      // Spreadsheets end a file with rows of nothing but separators.
      if (cells.every((cell) => cell === '')) return;
      return this.fail(
        cells.length < header.length ? cells.length : header.length,
        cells.length < header.length ? 'too-few-cells' : 'too-many-cells',
      );
    }
    let length = cells.length;
    for (const cell of cells) length += cell.length;
    if (length === cells.length) return;
    if (length > MAX_FIELD) {
      const long = cells.findIndex((cell) => cell.length > MAX_FIELD);
      if (long >= 0) return this.fail(long, 'field-too-long');
    }
    const order = this.order;
    this.rows.push({ row: this.row, values: order === null ? cells : order.map((from) => (from < 0 ? '' : (cells[from] ?? ''))) });
  }

  private fail(cell: number, code: RowErrorCode): void {
    this.errors.push(rowError(this.row, this.header?.[cell] ?? null, code));
  }

  /** One row that has quotes, from `start`; null when the text ends inside it and more is to come. */
  private readQuoted(text: string, start: number, last: boolean): Quoted | QuoteFault | null {
    const cells: string[] = [];
    let at = start;
    let lineEnd = this.lineEnd(text, at);
    for (;;) {
      let next: number;
      if (text.charCodeAt(at) === 34) {
        const close = this.closingQuote(text, at + 1);
        if (close < 0) {
          if (last || text.length - at > MAX_FIELD * 2) return { code: 'unclosed-quote', cell: cells.length };
          return null;
        }
        cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
        next = close + 1;
        if (next > lineEnd) lineEnd = this.lineEnd(text, next);
        if (next === lineEnd - 1 && text.charCodeAt(next) === 13) next = lineEnd;
      } else {
        next = text.indexOf(this.separator, at);
        if (next < 0 || next > lineEnd) next = lineEnd > at && text.charCodeAt(lineEnd - 1) === 13 ? lineEnd - 1 : lineEnd;
        cells.push(text.slice(at, next));
        if (next === lineEnd - 1 && text.charCodeAt(next) === 13) next = lineEnd;
      }
      if (next >= lineEnd) return { cells, next: lineEnd + 1 };
      if (text.charAt(next) !== this.separator) return { code: 'bad-quote', cell: cells.length - 1 };
      at = next + 1;
    }
  }

  private lineEnd(text: string, from: number): number {
    const end = text.indexOf(this.newline, from);
    return end < 0 ? text.length : end;
  }

  /** Position of the quote that closes a text begun at `from`; -1 when there is none within the longest text of a cell. */
  private closingQuote(text: string, from: number): number {
    let at = from;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0 || quote - from > MAX_FIELD * 2) return -1;
      if (text.charCodeAt(quote + 1) !== 34) return quote;
      at = quote + 2;
    }
  }
}
