const tables = new Map<string, ReadonlyMap<string, Buffer>>();

/** What two bytes are in an encoding, the other way round. */
function tableOf(charset: string): ReadonlyMap<string, Buffer> {
  const known = tables.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map<string, Buffer>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const bytes = Buffer.from([high, low]);
      const sign = decoder.decode(bytes);
      if ([...sign].length === 1 && sign !== '\uFFFD' && !table.has(sign)) table.set(sign, bytes);
    }
  }
  tables.set(charset, table);
  return table;
}

/** A text in an encoding that Node reads and does not write. */
export function encoded(text: string, charset: string): Buffer {
  if (charset === 'utf-8') return Buffer.from(text);
  const table = tableOf(charset);
  return Buffer.concat([...text].map((sign) => (sign < '\u0080' ? Buffer.from(sign) : (table.get(sign) ?? Buffer.from('?')))));
}
