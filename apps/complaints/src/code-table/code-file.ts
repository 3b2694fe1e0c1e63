import { INVALID, Refusal, type FieldError } from '#problem';
import { readTable, TableError, type TableSource } from '#tabular';
import { DIMENSIONS, MOST_CODES, type Code } from './codes.ts';
import { CODES_REFUSED } from './code-table.refusals.ts';

const NAMES = ['dimension', 'code', 'parent', 'zh', 'en', 'validFrom'] as const;

/** The columns of a file of codes. */
export const CODE_COLUMNS = NAMES.map((name) => ({ name, required: name !== 'parent' }));

export interface CodeFile {
  readonly codes: readonly Code[];
  /** The row of the file of the nth code. */
  readonly rows: readonly number[];
}

/** The codes of a CSV or XLSX file. Refuses with INVALID for a file that is no such table, CODES_REFUSED naming the rows. */
export async function readCodes(source: TableSource): Promise<CodeFile> {
  const codes: Code[] = [];
  const rows: number[] = [];
  const errors: FieldError[] = [];
  try {
    for await (const batch of readTable(source, CODE_COLUMNS)) {
      errors.push(...batch.errors.map(({ row, column, detail }) => ({ pointer: `/rows/${row}/${column ?? ''}`, detail })));
      for (const { row, values } of batch.rows) {
        const [name = '', code = '', parent = '', zh = '', en = '', validFrom = ''] = values.map((value) => value.trim());
        const dimension = DIMENSIONS.find((each) => each === name);
        if (dimension === undefined) errors.push({ pointer: `/rows/${row}/dimension`, detail: `must be one of ${DIMENSIONS.join(', ')}` });
        else {
          codes.push({ dimension, code, parent: parent || null, zh, en, validFrom });
          rows.push(row);
        }
      }
      if (codes.length > MOST_CODES) break;
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw new Refusal(INVALID, { errors: [{ pointer: '/file', detail: error.detail }] });
  }
  if (errors.length > 0) throw new Refusal(CODES_REFUSED, { errors: errors.slice(0, 100) });
  return { codes, rows };
}
