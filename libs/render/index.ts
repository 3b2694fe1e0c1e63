export * from './document.ts';
export { csvLine, LEFT_OUT, renderCsv, rowsCsv, type Cell } from './csv.ts';
export { renderJson } from './json.ts';
export { renderLetter, renderLetters, type LetterDocument, type LetterList } from './pdf/render-letter.ts';
export { renderNotice, type Notice } from './pdf/render-notice.ts';
export { renderPdf } from './pdf/render-pdf.ts';
export { MOST_SHEET_ROWS, renderXlsx, rowsXlsx, type SheetRows } from './xlsx.ts';
export { leftOut, SMALLEST_SHOWN, suppressed } from './suppress.ts';
export { cellText, meets, percent, percentile, recount, type Condition, type Trace, type TracedRow } from '#trace';
