import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedBody } from './record.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export const newSubjectKey = (): Buffer => randomBytes(KEY_BYTES);

// What was sealed for one subject does not open as another's.
const context = (institution: string, subject: string, keyId: string): Buffer =>
  Buffer.from(JSON.stringify(['forbear-evidence-1', institution, subject, keyId]));

export interface SubjectKey {
  readonly institution: string;
  readonly subject: string;
  readonly keyId: string;
  readonly key: Buffer;
}

/** AES-256-GCM. */
export function sealBody(body: unknown, { institution, subject, keyId, key }: SubjectKey): SealedBody {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context(institution, subject, keyId));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(body), 'utf8'), cipher.final()]);
  return { keyId, sealed: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64') };
}

/** Throws Error for another key, another subject, or bytes that were changed. */
export function openBody(body: SealedBody, { institution, subject, keyId, key }: SubjectKey): unknown {
  const bytes = Buffer.from(body.sealed, 'base64');
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  if (bytes.length < tagEnd) throw new Error('the sealed part is cut short');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(context(institution, subject, keyId))
    .setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8'));
}
