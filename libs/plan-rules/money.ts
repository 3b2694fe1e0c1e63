const AMOUNT = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/;

/** Whole cents of an amount such as 1234.5; null for what is none. */
export function toCents(amount: string): bigint | null {
  const match = AMOUNT.exec(amount);
  if (!match) return null;
  const [, sign, whole = '', cents = ''] = match;
  const value = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'));
  return sign === '-' ? -value : value;
}

/** Two decimals, always. */
export function fromCents(cents: bigint): string {
  const sign = cents < 0n ? '-' : '';
  const text = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${sign}${text.slice(0, -2)}.${text.slice(-2)}`;
}

const RATE = /^(\d{1,3})(?:\.(\d{1,4}))?$/;

/** Millionths: 12.5 per cent a year is 125,000. Null for what is no rate. */
export function toMillionths(percent: string): bigint | null {
  const match = RATE.exec(percent);
  if (!match) return null;
  const [, whole = '', part = ''] = match;
  return BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0'));
}

/** The nearest whole number, a half up; for numbers that are not below zero. */
export const divideRounded = (value: bigint, by: bigint): bigint => (2n * value + by) / (2n * by);
