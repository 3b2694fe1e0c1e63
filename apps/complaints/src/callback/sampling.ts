import { createHash } from 'node:crypto';

/** Buckets of a hundredth of a percent. */
export const BUCKETS = 10_000;

/**
 * In which of 10,000 buckets a complaint lies: the first four bytes of SHA-256 over institution, a slash and the id, modulo 10,000. Nobody chooses it, and
 * anybody can draw again: `printf '%s' bank-1/<id> | sha256sum`.
 */
export const bucketOf = (institutionId: string, complaintId: string): number =>
  createHash('sha256').update(`${institutionId}/${complaintId}`).digest().readUInt32BE(0) % BUCKETS;

export const isDrawn = (bucket: number, samplePercent: number): boolean => bucket < (samplePercent * BUCKETS) / 100;

const MOBILE = /^\+861[3-9]\d{9}$|^\+(?!86)[1-9]\d{6,14}$|^\+8615\d{9}$/;
const MAIL = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+\.[^\s@,;:<>()"]+$/;

export type Reach = { readonly channel: 'sms' | 'email'; readonly to: string } | { readonly channel: 'phone' };

/** How a contact as it was given is reached: by a link where a text or a mail can carry it, else by phone; null: not at all. */
export function reachOf(contact: string | null): Reach | null {
  const given = contact?.trim() ?? '';
  if (given === '') return null;
  if (MAIL.test(given)) return { channel: 'email', to: given };
  const digits = given.replaceAll(/[\s()-]/g, '');
  const number = /^1\d{10}$/.test(digits) ? `+86${digits}` : digits;
  return MOBILE.test(number) ? { channel: 'sms', to: number } : { channel: 'phone' };
}
