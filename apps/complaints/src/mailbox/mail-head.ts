import type { MailHeaders } from './mail-content.ts';
import { endOfHead } from './mail-identity.ts';

const MOST_BYTES = 256 * 1024;

/** The headers as their bytes are, each byte as one character. */
export function headOf(mail: Buffer): MailHeaders {
  const lines = mail
    .subarray(0, Math.min(endOfHead(mail) ?? mail.length, MOST_BYTES))
    .toString('latin1')
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  return new Map(
    lines.map((line) => [line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

/** Some senders write their head in GBK without saying so: what was read as UTF-8 and is none is read again. */
export function asMeant(read: string, bytes: string | undefined): string {
  if (!read.includes('\uFFFD') || bytes === undefined) return read;
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return read;
  }
}
