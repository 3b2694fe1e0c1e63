import type { SaxesTagPlain } from 'saxes';
import type { TableBatch, TableRow } from '../batch.ts';
import { matchColumns, type Column } from '../columns.ts';
import { MAX_FIELD, rowError } from '../csv-rows.ts';
import type { TableSource } from '../source.ts';
import { TableError, type RowError } from '../table-error.ts';
import { columnOf, dateText, plainNumber } from './cells.ts';
import { WorkbookPackage } from './package.ts';
import { localName, readParts, textReader, walkXml, type Workbook } from './parts.ts';

// The width of the widest sheet there is; a cell beyond it is a forgery that would make an endless row.
const MAX_COLUMNS = 16_384;

/** The rows of the first sheet, streamed: in memory are its texts (each once) and one batch. */
export async function* readWorkbook(
  source: TableSource,
  columns: readonly Column[],
  batchRows: number,
  others?: 'refuse' | 'ignore',
): AsyncGenerator<TableBatch> {
  const pack = await WorkbookPackage.open(source);
  try {
    const book = await readParts(pack);
    const sheet = new SheetRows(book, columns, others);
    const size = Math.max(1, pack.sizeOf(book.sheet));
    const handlers = {
      open: (tag: SaxesTagPlain) => sheet.open(localName(tag.name), tag.attributes),
      text: (text: string) => sheet.text(text),
      close: (name: string) => sheet.close(name),
    };
    let bytesRead = 0;
    for await (const bytes of walkXml(pack, book.sheet, handlers)) {
      bytesRead = Math.min(source.bytes, Math.round((source.bytes * bytes) / size));
      while (sheet.rows.length >= batchRows) yield { rows: sheet.rows.splice(0, batchRows), errors: sheet.errors.splice(0), bytesRead };
    }
    if (!sheet.hasHeader) throw new TableError('empty', 'The first sheet of the workbook is empty.');
    if (sheet.rows.length + sheet.errors.length > 0) yield { rows: sheet.rows, errors: sheet.errors, bytesRead };
  } finally {
    await pack.close();
  }
}

class SheetRows {
  readonly rows: TableRow[] = [];
  readonly errors: RowError[] = [];
  private header: readonly string[] | null = null;
  private order: readonly number[] | null = null;
  private row = 0;
  private cells: string[] = [];
  private faulty = -1;
  private at = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private inValue = false;
  private readonly inline = textReader();

  constructor(
    private readonly book: Workbook,
    private readonly columns: readonly Column[],
    private readonly others: 'refuse' | 'ignore' | undefined,
  ) {}

  get hasHeader(): boolean {
    return this.header !== null;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.row = Number(attributes['r'] ?? this.row + 1);
      this.cells = [];
      this.faulty = -1;
      this.at = -1;
    } else if (name === 'c') {
      const { r } = attributes;
      this.at = r === undefined ? this.at + 1 : columnOf(r);
      if (this.at < 0 || this.at >= MAX_COLUMNS)
        throw new TableError('workbook', 'The workbook cannot be read: a cell has no valid place.', this.row);
      this.type = attributes['t'] ?? 'n';
      this.style = Number(attributes['s'] ?? 0);
      this.value = '';
      this.inline.begin();
    } else if (name === 'v') {
      this.inValue = true;
    } else {
      this.inline.open(name);
    }
  }

  text(text: string): void {
    if (this.inValue) this.value += text;
    else this.inline.text(text);
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.endRow();
    else this.inline.close(name);
  }

  private endCell(): void {
    if (this.type === 'e') this.faulty = this.faulty < 0 ? this.at : this.faulty;
    while (this.cells.length < this.at) this.cells.push('');
    this.cells[this.at] = this.cellText();
  }

  private cellText(): string {
    const { value } = this;
    switch (this.type) {
      case 's':
        return this.book.shared[Number(value)] ?? '';
      case 'inlineStr':
        return this.inline.take();
      case 'b':
        return value === '1' ? 'TRUE' : 'FALSE';
      case 'n': {
        if (value === '') return '';
        const date = this.book.dateStyles[this.style] === true ? dateText(value, this.book.date1904) : null;
        return date ?? plainNumber(value);
      }
      default:
        return value;
    }
  }

  private endRow(): void {
    const { cells, header } = this;
    while (cells.length > 0 && cells.at(-1) === '') cells.pop();
    if (cells.length === 0) return;
    if (header === null) {
      this.header = cells.map((cell) => cell.trim());
      this.order = matchColumns(this.header, this.columns, this.row, this.others);
      return;
    }
    if (this.faulty >= 0) return this.fail(this.faulty, 'cell');
    if (cells.length > header.length) return this.fail(header.length, 'too-many-cells');
    const long = cells.findIndex((cell) => cell.length > MAX_FIELD);
    if (long >= 0) return this.fail(long, 'field-too-long');
    while (cells.length < header.length) cells.push('');
    this.rows.push({
      row: this.row,
      values: this.order === null ? cells : this.order.map((from) => (from < 0 ? '' : (cells[from] ?? ''))),
    });
  }

  private fail(cell: number, code: 'cell' | 'too-many-cells' | 'field-too-long'): void {
    this.errors.push(rowError(this.row, this.header?.[cell] ?? null, code));
  }
}
