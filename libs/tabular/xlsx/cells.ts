// What a cell of a workbook is as text, the way a contact log needs it: a number keeps all its digits, a date is ISO.

/** `1.3800000001E10` as 13800000001: spreadsheets store long numbers so, and a phone number must stay one. */
export function plainNumber(raw: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(raw);
  if (match === null) return raw;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  // Beyond any id or amount: leave it as it stands.
  if (Math.abs(shift) > 60) return raw;
  const digits = whole + fraction;
  const point = whole.length + shift;
  const before = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const after = point >= digits.length ? '' : '0'.repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point));
  const trimmed = after.replace(/0+$/, '');
  return `${sign}${before.replace(/^0+(?=\d)/, '')}${trimmed === '' ? '' : `.${trimmed}`}`;
}

const DAY_MS = 86_400_000;

/** A serial day number as a local date, date and time, or time; null where it is none. */
export function dateText(raw: string, date1904: boolean): string | null {
  const serial = Number(raw);
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return null;
  // Day 60 of the 1900 system is a 29 February that never was; later days are one too high, which the epoch of 30 December 1899 takes up.
  const days = date1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  const instant = new Date(Date.UTC(1899, 11, 30) + Math.round((days * DAY_MS) / 1000) * 1000).toISOString();
  if (!date1904 && serial < 1) return instant.slice(11, 19);
  return Number.isInteger(serial) ? instant.slice(0, 10) : instant.slice(0, 19);
}

// Built-in formats that are dates or times (ECMA-376 part 1, 18.8.30), those of the Chinese edition included.
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether a number format shows a date or a time. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare);
}

/** Column number from 0 of a reference such as `AB12`; -1 where it has none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return column - 1;
}
