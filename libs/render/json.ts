import { cellId, DISCLAIMER, type ReportDocument } from './document.ts';

/** The document as it is, each number of a table with its id. */
export function renderJson(document: ReportDocument): string {
  const tables = document.tables.map((table) => ({
    ...table,
    rows: table.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell, index) => {
        const column = table.columns[index];
        return column ? { id: cellId(table, row, column), ...cell } : cell;
      }),
    })),
  }));
  return `${JSON.stringify({ ...document, tables, disclaimer: DISCLAIMER }, null, 2)}\n`;
}
