/** Why a text is not an instant: `no-offset` has all but the offset, the rest is no RFC 3339. */
export type InstantFault = 'no-offset' | 'instant';

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY_MS = 86_400_000;
const FIRST_MS = -62_135_510_400_000; // 0001-01-02T00:00:00Z
const LAST_MS = 253_402_214_399_000; // 9999-12-30T23:59:59Z

/** The number that two digits at `at` say; NaN where they are not digits. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days from 1970-01-01 in the proleptic Gregorian calendar; the year begins in March so that the leap day is its last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** Milliseconds of the fraction that begins at `at` (the point), and where it ends; null where no digit follows. */
function readFraction(text: string, at: number): { ms: number; end: number } | null {
  let end = at + 1;
  let ms = 0;
  let unit = 100;
  for (; end < text.length; end += 1) {
    const digit = text.charCodeAt(end) - 48;
    if (digit < 0 || digit > 9) break;
    ms += unit >= 1 ? digit * unit : 0;
    unit /= 10;
  }
  return end > at + 1 ? { ms, end } : null;
}

/** The offset that begins at `at` and ends the text, in milliseconds. */
function readOffset(text: string, at: number): number | InstantFault {
  if (at === text.length) return 'no-offset';
  const sign = text.charAt(at);
  if ((sign === 'Z' || sign === 'z') && at + 1 === text.length) return 0;
  if ((sign !== '+' && sign !== '-') || at + 6 !== text.length || text.charCodeAt(at + 3) !== 58) return 'instant';
  const hours = two(text, at + 1);
  const minutes = two(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return 'instant';
  return (hours * 60 + minutes) * (sign === '+' ? 60_000 : -60_000);
}

/**
 * RFC 3339 with an offset, to epoch milliseconds (finer fractions are cut off). The date must exist; a leap second does not.
 * By hand, because it is asked once or twice for every row of a log and `Date.parse` also takes what is not RFC 3339.
 */
export function parseInstant(text: string): number | InstantFault {
  const marks = text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45 && text.charCodeAt(13) === 58 && text.charCodeAt(16) === 58;
  const letter = text.charCodeAt(10);
  if (text.length < 19 || !marks || (letter !== 84 && letter !== 116)) return 'instant';
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  const days = month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  // Comparisons with NaN are false: anything that is no digit ends here.
  if (!(year >= 1 && month >= 1 && day >= 1 && day <= days && hour <= 23 && minute <= 59 && second <= 59)) return 'instant';
  let at = 19;
  let ms = 0;
  if (text.charCodeAt(19) === 46) {
    const fraction = readFraction(text, 19);
    if (fraction === null) return 'instant';
    ms = fraction.ms;
    at = fraction.end;
  }
  const offset = readOffset(text, at);
  if (typeof offset === 'string') return offset;
  const instant = daysSinceEpoch(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(ms) - offset;
  // Its offset must not carry it out of the years that can be written.
  return instant >= FIRST_MS && instant <= LAST_MS ? instant : 'instant';
}
