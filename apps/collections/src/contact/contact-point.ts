import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Channel } from '#contact-rules';

const E164 = /^\+[1-9]\d{6,14}$/;
const kept = new Map<string, string>();
const KEPT_AT_MOST = 50_000;

function normalizePhone(value: string): string {
  const known = kept.get(value);
  if (known !== undefined) return known;
  const parsed = parsePhoneNumberFromString(value, 'CN');
  const normal = parsed?.isPossible() ? `${parsed.number}${parsed.ext ? `;ext=${parsed.ext}` : ''}` : value;
  if (kept.size >= KEPT_AT_MOST) kept.clear();
  kept.set(value, normal);
  return normal;
}

/**
 * One form for one contact point, whoever wrote it down: `138 0000 0001`, `0086-13800000001` and `+8613800000001` have one count.
 * What is no phone number stays as it is, trimmed; e-mail addresses in lower case.
 */
export function normalizeContactPoint(channel: Channel, raw: string): string {
  const value = raw.trim();
  if (channel === 'email') return value.toLowerCase();
  if (channel !== 'voice' && channel !== 'sms' && channel !== 'im') return value;
  return E164.test(value) ? value : normalizePhone(value);
}
