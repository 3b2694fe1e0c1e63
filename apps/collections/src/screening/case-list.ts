import { RunFailure } from '#runs';
import { readTable, TableError, type TableSource } from '#tabular';

/** How many cases a list may name. */
export const LONGEST_LIST = 1_000_000;

const COLUMNS = [{ name: 'caseId', required: true }] as const;
// As long as an id may be anywhere.
const LONGEST_ID = 200;
const BATCH = 5_000;
const ROWS_NAMED = 100;

export interface TakenList {
  readonly ids: number;
  readonly unreadableRows: readonly number[];
}

// PostgreSQL keeps neither, so no case has such an id.
const isId = (text: string): boolean => text !== '' && text.length <= LONGEST_ID && !text.includes('\0') && text.isWellFormed();

/** A list as a file, for whoever sends it as JSON. */
export const toCaseList = (caseIds: readonly string[]): Buffer =>
  Buffer.from(['caseId', ...caseIds.map((id) => `"${id.replaceAll('"', '""')}"`)].join('\n'));

/**
 * Hands out the ids of a list, some at a time; returns how many there were, and the first rows that hold none.
 * @throws RunFailure when the file is no such list, or too long
 */
export async function readCaseList(source: TableSource, take: (caseIds: readonly string[]) => Promise<void>): Promise<TakenList> {
  const unreadable: number[] = [];
  const note = (row: number): void => void (unreadable.length < ROWS_NAMED && unreadable.push(row));
  let ids = 0;
  try {
    for await (const { rows, errors } of readTable(source, COLUMNS, { batchRows: BATCH })) {
      for (const { row } of errors) note(row);
      const caseIds = rows.flatMap(({ row, values: [cell = ''] }) => {
        const id = cell.trim();
        if (!isId(id)) note(row);
        return isId(id) ? [id] : [];
      });
      ids += caseIds.length;
      if (ids > LONGEST_LIST)
        throw new RunFailure({
          code: 'too-many-cases',
          detail: `A list may name ${LONGEST_LIST} cases; send it in parts, or screen by filter.`,
        });
      if (caseIds.length > 0) await take(caseIds);
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const { code, detail, row = null, column = null } = error;
    throw new RunFailure({ code, detail, row, column });
  }
  if (ids === 0) throw new RunFailure({ code: 'empty', detail: 'The list names no case.' });
  return { ids, unreadableRows: unreadable };
}
