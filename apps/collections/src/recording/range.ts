/** Bytes from one place to another, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What a Range header asks for (RFC 9110, section 14): one span of bytes. Null: the whole, also for several spans and for words that are no range;
 * `outside`: nothing of the file.
 */
export function spanOf(header: string | undefined, bytes: number): Span | 'outside' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return last === '0' || bytes === 0 ? 'outside' : { from: Math.max(0, bytes - Number(last)), to: bytes - 1 };
  const from = Number(first);
  if (from >= bytes) return 'outside';
  if (last !== '' && Number(last) < from) return null;
  return { from, to: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}
