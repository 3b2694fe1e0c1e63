// A cell that begins so is run as a formula by spreadsheets; ids come from outsiders.
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);

/** A text as it reads in a cell: what a spreadsheet would run as a formula has an apostrophe before it. */
export const cellText = (text: string): string => (isFormula(text) ? `'${text}` : text);
