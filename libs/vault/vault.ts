import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

function parseKey(entry: string): Key {
  const [id, encoded] = entry.split(':');
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (!id || !/^[a-z0-9-]{1,16}$/.test(id) || bytes.length !== 32) {
    throw new Error('must be a comma-separated list of id:base64 with 32 bytes each, the sealing key first');
  }
  return { id, bytes };
}

/** Sealed form: one byte length of key id, key id, nonce (12), tag (16), ciphertext. The context (for example the column) is authenticated, so a value moved elsewhere does not open. */
export class Vault {
  private readonly keys: ReadonlyMap<string, Key>;
  private readonly sealing: Key;
  private readonly indexKey: Buffer;

  /** @param ring `id:base64,...`, the sealing key first. @param indexKey base64 of 32 bytes; changing it loses exact search. */
  constructor(ring: readonly string[], indexKey: string) {
    const keys = ring.map(parseKey);
    const [first] = keys;
    if (!first) throw new Error('the key ring is empty');
    this.sealing = first;
    this.keys = new Map(keys.map((key) => [key.id, key]));
    this.indexKey = Buffer.from(indexKey, 'base64');
    if (this.indexKey.length !== 32) throw new Error('the index key must be base64 of 32 bytes');
  }

  seal(plain: string | Buffer, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.sealing.bytes, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain), cipher.final()]);
    const id = Buffer.from(this.sealing.id);
    return Buffer.concat([Buffer.from([id.length]), id, nonce, cipher.getAuthTag(), body]);
  }

  /** Throws when the key is not on the ring, or the bytes or the context were changed. */
  openBytes(sealed: Buffer, context: string): Buffer {
    if (sealed.length < 2 + NONCE_BYTES + TAG_BYTES) throw new Error('the sealed value is cut short');
    const idEnd = 1 + sealed.readUInt8(0);
    const key = this.keys.get(sealed.subarray(1, idEnd).toString());
    if (!key) throw new Error('sealed under a key that is not on the ring');
    const tagStart = idEnd + NONCE_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(idEnd, tagStart), {
      // Or a tag cut short would do, which is easier to guess.
      authTagLength: TAG_BYTES,
    }).setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(tagStart, tagStart + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(tagStart + TAG_BYTES)), decipher.final()]);
  }

  open(sealed: Buffer, context: string): string {
    return this.openBytes(sealed, context).toString('utf8');
  }

  /** Whether the value was sealed under the key that seals now; false means that a rotation has not reached it yet. */
  isCurrent(sealed: Buffer): boolean {
    return sealed.subarray(1, 1 + sealed.readUInt8(0)).toString() === this.sealing.id;
  }

  /** A keyed hash (32 bytes) of a value in a context; equal values give equal hashes, and only the key holder can try values. */
  index(value: string, context: string): Buffer {
    return createHmac('sha256', this.indexKey).update(context).update('\0').update(value).digest();
  }
}
