import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Vault } from '#vault';

// Neither 0 nor O, neither 1, I nor L, no U.
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
const GROUP = 4;

/**
 * The code that opens a complaint on the public page, 58 bits of it: shown once, kept as a keyed hash. With an Idempotency-Key it follows from that key,
 * which the sender alone has, so that a form that is sent again is answered with the same code; without one it is drawn.
 */
export function newAccessCode(vault: Vault, complaintId: string, key: string | null): string {
  const bytes = key === null ? randomBytes(32) : vault.index(`${complaintId}\n${key}`, 'public.code');
  let rest = bytes.readBigUInt64BE(0) * 2n ** 64n + bytes.readBigUInt64BE(8);
  let code = '';
  for (let at = 0; at < LENGTH; at += 1) {
    code += SIGNS[Number(rest % BigInt(SIGNS.length))] ?? '';
    rest /= BigInt(SIGNS.length);
    if (at % GROUP === GROUP - 1 && at < LENGTH - 1) code += '-';
  }
  return code;
}

/** As typed: spaces, hyphens and small letters do not matter. */
const plain = (code: string): string => code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '');

export const hashOfCode = (vault: Vault, complaintId: string, code: string): Buffer =>
  vault.index(`${complaintId}\n${plain(code)}`, 'public.code-hash');

/** In the same time whether it is right or not, and whether there is a hash to compare with or none. */
export function isRightCode(vault: Vault, complaintId: string | null, code: string, hash: Buffer | null): boolean {
  const given = hashOfCode(vault, complaintId ?? '', code);
  const right = hash ?? Buffer.alloc(given.length);
  const isSame = right.length === given.length && timingSafeEqual(given, right);
  return isSame && hash !== null && complaintId !== null;
}
