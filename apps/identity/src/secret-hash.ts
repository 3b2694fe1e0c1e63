import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

// 2^15 x 8 x 128 bytes = 32 MiB and some 80 ms per guess: OWASP's scrypt setting for a server that also does other work.
export const PERSON_COST = 15;
// Client secrets are random and checked at every token request: an eighth of that keeps floods of requests cheap.
export const CLIENT_COST = 12;
const BLOCK = 8;
const BYTES = 32;

function derive(secret: string, salt: Buffer, cost: number, block: number): Promise<Buffer> {
  const options = { N: 2 ** cost, r: block, p: 1, maxmem: 2 ** cost * block * 128 * 2 };
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFC'), salt, BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** `scrypt.<log2 cost>.<block>.<salt>.<hash>`, so that the cost can be raised without breaking old hashes. */
export async function hashSecret(secret: string, cost: number): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, cost, BLOCK);
  return `scrypt.${cost}.${BLOCK}.${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

/** False for a wrong secret and for a hash that is not ours. */
export async function isSecret(secret: string, stored: string): Promise<boolean> {
  const [scheme, cost, block, salt, hash] = stored.split('.');
  if (scheme !== 'scrypt' || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(secret, Buffer.from(salt, 'base64url'), Number(cost), Number(block));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** What an unknown login is checked against, so that it takes as long as a known one. No secret hashes to it. */
export const NO_SECRET = `scrypt.${PERSON_COST}.${BLOCK}.${'A'.repeat(22)}.${'A'.repeat(43)}`;
