import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older than this, or so far ahead of our clock, and a signature is taken for a recording. */
export const SIGNATURE_GOOD_MS = 300_000;

const macOf = (secret: string, timestamp: string, body: Buffer | string): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');

/** The two headers that sign a body at an instant. */
export function sign(secret: string, body: Buffer | string, at: Date): { readonly timestamp: string; readonly signature: string } {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { timestamp, signature: `sha256=${macOf(secret, timestamp, body)}` };
}

/** Whether one of the secrets signed this body within five minutes of `now`. Two secrets: one comes, the other goes. */
export function checkSignature(
  secrets: readonly string[],
  given: { readonly timestamp: string; readonly signature: string; readonly body: Buffer | string },
  now: Date,
): boolean {
  if (!/^\d{9,12}$/.test(given.timestamp) || Math.abs(Number(given.timestamp) * 1000 - now.getTime()) > SIGNATURE_GOOD_MS) return false;
  const claimed = Buffer.from(given.signature);
  return secrets.some((secret) => {
    const right = Buffer.from(`sha256=${macOf(secret, given.timestamp, given.body)}`);
    return claimed.length === right.length && timingSafeEqual(claimed, right);
  });
}
