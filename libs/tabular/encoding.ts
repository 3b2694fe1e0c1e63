import { isAscii, isUtf8 } from 'node:buffer';
import { lineBlocks } from './blocks.ts';
import { toSource, type TableSource } from './source.ts';
import { TableError } from './table-error.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'mixed';

export interface Detection {
  readonly format: 'csv' | 'xlsx';
  /** `mixed`: UTF-8 with lines that are not; those become row errors. Meaningless for XLSX (always UTF-8 inside). */
  readonly encoding: Encoding;
  /** Bytes of byte order mark to skip. */
  readonly bomBytes: number;
  /** `\r` alone ends the lines of files from very old spreadsheets. */
  readonly newline: '\n' | '\r';
  /** The first byte that is not UTF-8, where there is one: offset from 0, line from 1 (lines of the file, not rows of the table). */
  readonly firstBad: { readonly offset: number; readonly line: number } | null;
}

const LF = 0x0a;
const CR = 0x0d;

const signatures: readonly (readonly [hex: string, what: string])[] = [
  ['25504446', 'a PDF'],
  ['89504e47', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['47494638', 'a GIF image'],
  ['1f8b', 'a gzip archive: unpack it first'],
  ['28b52ffd', 'a zstd archive: unpack it first'],
  ['425a68', 'a bzip2 archive: unpack it first'],
  ['fd377a585a00', 'an xz archive: unpack it first'],
  ['377abcaf271c', 'a 7z archive: unpack it first'],
  ['526172211a07', 'a RAR archive: unpack it first'],
  ['d0cf11e0a1b11ae1', 'an old Excel file (.xls) or one with a password: save it as .xlsx without a password, or as CSV in UTF-8'],
];

function refuseBinary(head: Buffer): void {
  const hex = head.subarray(0, 8).toString('hex');
  const found = signatures.find(([signature]) => hex.startsWith(signature));
  if (found) throw new TableError('binary', `This is not a table but ${found[1]}.`);
}

/** Offset of the first byte that is not UTF-8, or -1. Only called on a line that is known to be bad. */
export function firstBadByte(bytes: Buffer): number {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const end = at + length;
    if (end > bytes.length || !isUtf8(bytes.subarray(at, end))) return at;
    at = end;
  }
  return -1;
}

function isGb18030(bytes: Buffer): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

// In UTF-8 every Chinese character takes three bytes or more. Two-byte sequences prove nothing: many GB18030 characters look like one.
const hasWide = (bytes: Buffer): boolean => !isAscii(bytes) && bytes.some((byte) => byte >= 0xe0);

/** Follows the lines of a file and tells UTF-8, GB18030 and a mixture apart. Blocks must end with the line break. */
class EncodingJudge {
  private offset = 0;
  private line = 1;
  private sawWide = false;
  private gbPossible = true;
  firstBad: Detection['firstBad'] = null;

  constructor(private readonly newline: number) {}

  add(block: Buffer): void {
    if (block.includes(0)) {
      const detail =
        'This is not a table: it has NUL bytes. A text file in UTF-16 must begin with its byte order mark; or save the file as UTF-8.';
      throw new TableError('binary', detail);
    }
    if (this.firstBad === null) {
      if (isUtf8(block)) this.addGood(block);
      else this.addFirstBad(block);
    }
    if (this.firstBad !== null && this.gbPossible) this.gbPossible = isGb18030(block);
    this.offset += block.length;
  }

  /** A file is GB18030 when all of it decodes so and no line before the first bad one was Chinese in UTF-8. */
  get encoding(): Encoding {
    if (this.firstBad === null) return 'utf-8';
    return this.gbPossible ? 'gb18030' : 'mixed';
  }

  private addGood(block: Buffer): void {
    if (!this.sawWide) this.sawWide = hasWide(block);
    // Counting lines costs a scan; it is only needed up to the first bad one.
    for (let at = block.indexOf(this.newline); at >= 0; at = block.indexOf(this.newline, at + 1)) this.line += 1;
  }

  private addFirstBad(block: Buffer): void {
    for (let start = 0; start < block.length;) {
      const cut = block.indexOf(this.newline, start);
      const end = cut < 0 ? block.length : cut + 1;
      const line = block.subarray(start, end);
      if (!isUtf8(line)) {
        this.firstBad = { offset: this.offset + start + firstBadByte(line), line: this.line };
        this.gbPossible = !this.sawWide;
        return;
      }
      if (!this.sawWide) this.sawWide = hasWide(line);
      this.line += 1;
      start = end;
    }
  }
}

async function headOf(source: TableSource, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source.open()) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/**
 * What a file is, from one quick pass over all of it. An XLSX is told by its first bytes alone.
 * @throws TableError `empty`, `binary`, `encoding`, `line-too-long`
 */
export async function detectEncoding(from: string | TableSource): Promise<Detection> {
  const source = await toSource(from);
  const head = await headOf(source, 64 * 1024);
  if (head.length === 0) throw new TableError('empty', 'The file is empty.');
  const none = { bomBytes: 0, newline: '\n', firstBad: null } as const;
  if (head.readUInt8(0) === 0x50 && head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004')
    return { format: 'xlsx', encoding: 'utf-8', ...none };
  refuseBinary(head);
  const mark = head.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') {
    if (source.bytes % 2 === 1)
      throw new TableError('encoding', 'The UTF-16 text ends in the middle of a character: the file was cut off.');
    return { format: 'csv', encoding: mark === 'fffe' ? 'utf-16le' : 'utf-16be', ...none, bomBytes: 2 };
  }
  const bomBytes = head.subarray(0, 3).toString('hex') === 'efbbbf' ? 3 : 0;
  const newline = head.includes(CR) && !head.includes(LF) ? '\r' : '\n';
  const judge = new EncodingJudge(newline === '\r' ? CR : LF);
  for await (const block of lineBlocks(source, newline === '\r' ? CR : LF)) judge.add(block);
  const encoding = bomBytes === 3 && judge.encoding === 'gb18030' ? 'mixed' : judge.encoding;
  return { format: 'csv', encoding, bomBytes, newline, firstBad: judge.firstBad };
}
