import type { ListedColumn, RowsFile } from '../document.ts';
import type { SheetRows } from '../xlsx.ts';
import { drawTable, type Column } from './draw-table.ts';
import { CONTENT_WIDTH, INK, numberText, type Flow } from './page.ts';
import { SAID, type Language } from './words.ts';

/** More, and they stand in their file alone: nobody turns so many pages, and all pages are in memory until the last one is known. */
export const MOST_LISTED_ROWS = 5000;
const SIZE = 7.5;

// As files have them: RFC 3339 in the zone of the report, which stands above the list.
const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)[+-]\d\d:\d\d$/;

/** A cell as it stands on paper: no spreadsheet would run it there, and what has a name goes by it. */
function printed(cell: string, { names }: ListedColumn, language: Language): string {
  const text = cell.replace(/^'(?=[=+\-@\t\r])/, '').replace(INSTANT, '$1 $2');
  if (!names) return text;
  return text
    .split(';')
    .map((item) => names[item]?.[language] ?? item)
    .join(language === 'zh' ? '、' : ', ');
}

export interface List {
  readonly file: RowsFile;
  readonly listed: readonly ListedColumn[];
  /** Undefined: too many to be handed over. */
  readonly rows: SheetRows | undefined;
  readonly timeZone: string;
}

/** The rows of a file, one by one, as far as they were handed over. */
export function drawList(flow: Flow, { file, listed, rows, timeZone }: List, language: Language): void {
  const said = SAID[language];
  if (file.rows === 0) return flow.text(said.nothing, { color: INK.soft });
  if (!rows) return flow.text(said.tooMany(file.name, numberText(file.rows)), { color: INK.soft });
  flow.text(said.timesIn(timeZone), { size: 8, color: INK.soft });
  const columns = listed.map(({ head, share }): Column => ({ head: head[language], width: CONTENT_WIDTH * share, align: 'left' }));
  const places = listed.map(({ from }) => rows.columns.indexOf(from[language]));
  const shown = rows.rows.slice(0, MOST_LISTED_ROWS);
  const lines = shown.map((row) => listed.map((column, index) => printed(row[places[index] ?? -1] ?? '', column, language)));
  drawTable(flow, columns, lines, SIZE);
  if (shown.length < file.rows)
    flow.text(said.firstOnly(numberText(shown.length), numberText(file.rows), file.name), { size: 8, color: INK.soft });
}
