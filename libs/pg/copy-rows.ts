import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** One row of a COPY: the columns as PostgreSQL sends them in binary, null where they are null. Valid until the next batch is asked for. */
export type CopiedRow = readonly (Buffer | null)[];

// Signature, flags and the length of an extension that nobody uses (PostgreSQL, COPY, Binary Format).
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const HEADER_BYTES = SIGNATURE.length + 8;
const END = -1;

interface Cut {
  readonly rows: CopiedRow[];
  /** Where the first row begins that is not whole yet. */
  readonly end: number;
}

/** The columns of the row that begins at `from`, and where it ends; null when it is not whole yet. */
function readRow(data: Buffer, from: number): { row: CopiedRow; end: number } | 'end' | null {
  if (from + 2 > data.length) return null;
  const columns = data.readInt16BE(from);
  if (columns === END) return 'end';
  const row: (Buffer | null)[] = [];
  let at = from + 2;
  for (let column = 0; column < columns; column += 1) {
    if (at + 4 > data.length) return null;
    const bytes = data.readInt32BE(at);
    at += 4;
    if (bytes < 0) row.push(null);
    else {
      if (at + bytes > data.length) return null;
      row.push(data.subarray(at, at + bytes));
      at += bytes;
    }
  }
  return { row, end: at };
}

function cut(data: Buffer, from: number): Cut {
  const rows: CopiedRow[] = [];
  let at = from;
  for (;;) {
    const read = readRow(data, at);
    if (read === null) return { rows, end: at };
    if (read === 'end') return { rows, end: data.length };
    rows.push(read.row);
    at = read.end;
  }
}

/**
 * The rows of a query through COPY in binary: the quickest way out of PostgreSQL, in memory that stays flat. The client must not be one whose
 * statements go out without waiting for answers. COPY takes no parameters: write literals with the client's `escapeLiteral`.
 */
export async function* copyRows(client: ClientBase, query: string): AsyncGenerator<CopiedRow[]> {
  const stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`));
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!begun && data.length < HEADER_BYTES) {
        rest = data;
        continue;
      }
      if (!begun && !data.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('this is not COPY in binary');
      const { rows, end } = cut(data, begun ? 0 : HEADER_BYTES);
      begun = true;
      rest = data.subarray(end);
      if (rows.length > 0) yield rows;
    }
  } finally {
    stream.destroy();
  }
}

const EPOCH_2000_MS = 946_684_800_000;

/** Columns of a COPY in binary, by type. Instants are epoch milliseconds: what is finer is cut off. */
export const copied = {
  text: (value: Buffer | null | undefined): string | null => value?.toString('utf8') ?? null,
  instant: (value: Buffer | null | undefined): number | null =>
    value ? Math.floor(Number(value.readBigInt64BE(0)) / 1000) + EPOCH_2000_MS : null,
  uuid: (value: Buffer | null | undefined): string | null => {
    if (!value) return null;
    const hex = value.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  },
};
