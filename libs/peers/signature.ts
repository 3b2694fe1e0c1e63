import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { PeerKey } from './settings.ts';

/** What is signed: nothing of a request can be changed without another signature. */
export interface SignedParts {
  readonly method: string;
  readonly path: string;
  readonly institutionId: string;
  /** Milliseconds since 1970. */
  readonly at: string;
  readonly nonce: string;
  readonly body: Buffer;
}

export const HEADERS = {
  key: 'x-forbear-key',
  institution: 'x-forbear-institution',
  at: 'x-forbear-time',
  nonce: 'x-forbear-nonce',
  // Its presence has the bytes of the body kept (libs/http).
  signature: 'x-forbear-signature',
} as const;

/** Hexadecimal. */
export function sign({ bytes }: PeerKey, { method, path, institutionId, at, nonce, body }: SignedParts): string {
  const digest = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', bytes)
    .update(JSON.stringify(['forbear-peer-1', method, path, institutionId, at, nonce, digest]))
    .digest('hex');
}

/** The headers of a signed request. */
export const signedHeaders = (key: PeerKey, parts: SignedParts): Record<string, string> => ({
  [HEADERS.key]: key.id,
  // A header holds no letters beyond Latin.
  [HEADERS.institution]: encodeURIComponent(parts.institutionId),
  [HEADERS.at]: parts.at,
  [HEADERS.nonce]: parts.nonce,
  [HEADERS.signature]: sign(key, parts),
});

export function isSignedBy(key: PeerKey, parts: SignedParts, signature: string): boolean {
  const [expected, given] = [Buffer.from(sign(key, parts)), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
