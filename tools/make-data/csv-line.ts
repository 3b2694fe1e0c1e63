const needsQuotes = /[",\r\n]/;

/** One line of a file without its line break, cells in the order of `columns`. */
export function csvLine<Name extends string>(columns: readonly Name[], row: Readonly<Record<Name, string>>): string {
  let line = '';
  for (const [at, column] of columns.entries()) {
    const cell = row[column];
    if (at > 0) line += ',';
    line += needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  return line;
}
