const DIGITS = '零〇一二三四五六七八九';
const DIGITS_FORMAL = '零〇壹贰叁肆伍陆柒捌玖';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };

function digitOf(character: string): number {
  if (character === '两') return 2;
  const place = Math.max(DIGITS.indexOf(character), DIGITS_FORMAL.indexOf(character));
  return place < 2 ? (place < 0 ? Number.NaN : 0) : place - 1;
}

/** 五千二百 to 5200, 一万二千 to 12000; null for anything that is no numeral. */
function readChinese(text: string): number | null {
  let [whole, section, digit] = [0, 0, 0];
  for (const character of text) {
    const unit = UNITS[character];
    if (unit !== undefined) {
      section += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    } else if (character === '万' || character === '亿') {
      whole = (whole + section + digit) * (character === '万' ? 1e4 : 1e8);
      [section, digit] = [0, 0];
    } else {
      digit = digitOf(character);
      if (Number.isNaN(digit)) return null;
    }
  }
  return whole + section + digit;
}

/** An amount as decimal text in its plainest form: `5,000.00` is `5000`. `shift`: places to move the point to the right. */
function plain(text: string, shift = 0): string {
  const [whole = '', fraction = ''] = text.replaceAll(',', '').split('.');
  const padded = fraction.padEnd(shift, '0');
  const left = `${whole}${padded.slice(0, shift)}`.replace(/^0+(?=\d)/, '') || '0';
  const right = padded.slice(shift).replace(/0+$/, '');
  return right === '' ? left : `${left}.${right}`;
}

export const plainAmount = (text: string): string => plain(text);

// A number begins where no digit stands before it: a long row of digits is read once, not once for each of them.
const NUMBER = '(?<![\\d.,])(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)';
const BEFORE = '(?:¥|rmb|cny|usd|us\\$|\\$|inr|₹|rs\\.?|jpy|人民币)';
const AFTER = '(?:元|块|圆|円|cny|rmb|yuan|usd|dollars?|rupees?|inr|yen|jpy)';
const MARKED = new RegExp(`${BEFORE}\\s*(${NUMBER})\\s*(万|亿|千|百)?|(${NUMBER})\\s*(万|亿|千|百)?\\s*(?:多|余)?\\s*${AFTER}`, 'gu');
const NUMERALS = '零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟';
const WRITTEN = new RegExp(`(?<![${NUMERALS}])([${NUMERALS}]+)(?:元|块|圆)`, 'gu');
const SHIFTS: Readonly<Record<string, number>> = { 百: 2, 千: 3, 万: 4, 亿: 8 };

export interface Amount {
  readonly said: string;
  /** Where in the folded text; 0 for what is filled in. */
  readonly at: number;
  readonly value: string;
}

/** The amounts of money in a folded text: 5,000.00元, ¥5000, CNY 5000, 0.5万元, 五千元, $120. */
export function amountsIn(folded: string): Amount[] {
  const found: Amount[] = [];
  for (const { index: at, 0: said, 1: before, 2: scaleBefore, 3: after, 4: scaleAfter } of folded.matchAll(MARKED)) {
    const scale = scaleBefore ?? scaleAfter;
    found.push({ said: said.trim(), at, value: plain(before ?? after ?? '0', scale === undefined ? 0 : (SHIFTS[scale] ?? 0)) });
  }
  for (const { index: at, 0: said, 1: numeral = '' } of folded.matchAll(WRITTEN)) {
    // 万元 after digits was read above.
    const value = /^[万亿千百]/u.test(numeral) ? null : readChinese(numeral);
    if (value !== null) found.push({ said, at, value: String(value) });
  }
  return found.filter(({ value }) => value !== '0');
}

const IS_AMOUNT_KEY = /amount|balance|owed|owing|outstanding|金额|余额|欠款|应还|本金|款项/iu;

/** The amounts among the variables of a template: those whose name says so, and money written as `{ amount, currency }`. */
export function amountsOf(variables: Readonly<Record<string, unknown>>): Amount[] {
  return Object.entries(variables).flatMap(([key, value]): Amount[] => {
    const inner = typeof value === 'object' && value !== null && 'amount' in value ? value.amount : value;
    if (inner === value && !IS_AMOUNT_KEY.test(key)) return [];
    const text = typeof inner === 'number' ? String(inner) : typeof inner === 'string' ? inner.normalize('NFKC').trim() : '';
    return /^\d[\d,]*(?:\.\d+)?$/.test(text) && plain(text) !== '0' ? [{ said: `${key}=${text}`, at: 0, value: plain(text) }] : [];
  });
}
