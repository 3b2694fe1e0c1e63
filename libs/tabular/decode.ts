import { isUtf8 } from 'node:buffer';
import { lineBlocks } from './blocks.ts';
import type { Detection } from './encoding.ts';
import type { TableSource } from './source.ts';
import { TableError } from './table-error.ts';

export interface TextBlock {
  /** Whole lines; only the last block may lack its line break. */
  readonly text: string;
  /** True when `text` has a lone surrogate where a byte could not be decoded (text itself never has one). */
  readonly damaged: boolean;
  readonly bytes: number;
}

// Marks a byte that is not UTF-8. A lone surrogate cannot come out of a decoder, so it is told from every real character.
const DAMAGE = '\uDC00';

/** Line by line, so that one bad line does not spoil its neighbours, wherever the chunks were cut. */
function decodeDamaged(block: Buffer, newline: number): string {
  const parts: string[] = [];
  for (let start = 0; start < block.length;) {
    const cut = block.indexOf(newline, start);
    const end = cut < 0 ? block.length : cut + 1;
    const line = block.subarray(start, end);
    const text = line.toString('utf8');
    parts.push(isUtf8(line) ? text : text.replaceAll('\uFFFD', DAMAGE));
    start = end;
  }
  return parts.join('');
}

async function* utf16Blocks(source: TableSource, encoding: 'utf-16le' | 'utf-16be'): AsyncGenerator<TextBlock> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new TableError('encoding', 'The UTF-16 text is damaged. Save the file as UTF-8 and send it again.');
    }
  };
  let held = '';
  for await (const chunk of source.open()) {
    held += decode(chunk);
    if (held.length > 8 * 1024 * 1024) throw new TableError('line-too-long', 'A line is longer than 4 MiB: this is not a table.');
    const cut = held.lastIndexOf('\n') + 1;
    if (cut > 0) yield { text: held.slice(0, cut), damaged: false, bytes: chunk.length };
    else yield { text: '', damaged: false, bytes: chunk.length };
    held = held.slice(cut);
  }
  yield { text: held + decode(), damaged: false, bytes: 0 };
}

/** The text of a file in blocks of whole lines. `blockBytes` is for tests. */
export async function* textBlocks(source: TableSource, detection: Detection, blockBytes?: number): AsyncGenerator<TextBlock> {
  const { encoding } = detection;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    yield* utf16Blocks(source, encoding);
    return;
  }
  const newline = detection.newline === '\r' ? 0x0d : 0x0a;
  let skip = detection.bomBytes;
  for await (const whole of lineBlocks(source, newline, blockBytes)) {
    const block = skip > 0 ? whole.subarray(skip) : whole;
    skip = 0;
    if (encoding === 'gb18030') {
      yield { text: decodeGb18030(block), damaged: false, bytes: whole.length };
    } else if (isUtf8(block)) {
      yield { text: block.toString('utf8'), damaged: false, bytes: whole.length };
    } else {
      yield { text: decodeDamaged(block, newline), damaged: true, bytes: whole.length };
    }
  }
}

function decodeGb18030(block: Buffer): string {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(block);
  } catch {
    throw new TableError('changed', 'The file changed while it was read. Send it again.');
  }
}
