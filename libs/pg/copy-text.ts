import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** One row of a COPY in text; null where the column is null. */
export type TextRow = readonly (string | null)[];

const LINE_END = 10;

// PostgreSQL, COPY, Text Format: what stands for itself after a backslash is not listed.
const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const plain = (field: string): string => field.replaceAll(/\\(.)/g, (_all, sign: string) => ESCAPED[sign] ?? sign);

function toRow(line: string): TextRow {
  const fields = line.split('\t');
  if (!line.includes('\\')) return fields;
  return fields.map((field) => (field === '\\N' ? null : field.includes('\\') ? plain(field) : field));
}

/**
 * The rows of a query through COPY in text, in memory that stays flat: quicker than COPY in binary where most columns are text, because whole
 * blocks are decoded at once. A text shares memory with the rows around it: copy it before keeping it for long. The client must not be one whose
 * statements go out without waiting for answers. COPY takes no parameters: write literals with `escapeLiteral`.
 */
export async function* copyText(client: ClientBase, query: string): AsyncGenerator<TextRow[]> {
  const stream = client.query(copyTo(`copy (${query}) to stdout`));
  let rest: Buffer[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const end = chunk.lastIndexOf(LINE_END);
      if (end < 0) {
        rest.push(chunk);
        continue;
      }
      const whole = chunk.subarray(0, end);
      const text = rest.length === 0 ? whole.toString('utf8') : Buffer.concat([...rest, whole]).toString('utf8');
      rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
      yield text.split('\n').map(toRow);
    }
  } finally {
    stream.destroy();
  }
}
