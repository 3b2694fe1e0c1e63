import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { canonical } from './record.ts';

/** What a log was at an instant: so many records, with this root. */
export interface TreeHead {
  /** The service whose log it is. */
  readonly log: string;
  readonly institution: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly rootHash: string;
  readonly at: string;
  readonly keyId: string;
}

export interface SignedHead extends TreeHead {
  /** Ed25519 over the canonical text of the head, base64. */
  readonly signature: string;
}

/** One key's word for another: how an examiner who knows one comes to trust the next, or the one before. */
export interface Endorsement {
  readonly by: string;
  readonly signature: string;
}

export interface PublicKeyInfo {
  readonly keyId: string;
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKey: string;
  readonly createdAt: string;
  readonly retiredAt: string | null;
  readonly endorsements: readonly Endorsement[];
}

const derOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

/** The first 16 hexadecimal digits of the SHA-256 of the key's DER. */
export const keyIdOf = (key: KeyObject): string => createHash('sha256').update(derOf(key)).digest('hex').slice(0, 16);

/** Named in what is signed, so that a signature of one thing is never one of another. */
const headBytes = ({ log, institution, size, rootHash, at, keyId }: TreeHead): Buffer =>
  Buffer.from(canonical({ signed: 'forbear-tree-head-1', log, institution, size, rootHash, at, keyId }));

interface KeyClaim {
  readonly log: string;
  readonly institution: string;
  readonly keyId: string;
  readonly publicKey: string;
  readonly createdAt: string;
}

const keyBytes = ({ log, institution, keyId, publicKey, createdAt }: KeyClaim): Buffer =>
  Buffer.from(canonical({ signed: 'forbear-key-1', log, institution, keyId, publicKey, createdAt }));

export interface NewKey {
  readonly keyId: string;
  readonly publicKey: string;
  /** PKCS #8 in DER. */
  readonly privateKey: Buffer;
}

export function generateKey(): NewKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    keyId: keyIdOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}

const signWith = (privateKey: Buffer, bytes: Buffer): string =>
  sign(null, bytes, createPrivateKey({ key: privateKey, type: 'pkcs8', format: 'der' })).toString('base64');

export const signHead = (head: TreeHead, privateKey: Buffer): SignedHead => ({ ...head, signature: signWith(privateKey, headBytes(head)) });

export const endorse = (claim: KeyClaim, by: string, privateKey: Buffer): Endorsement => ({
  by,
  signature: signWith(privateKey, keyBytes(claim)),
});

const isSigned = (key: KeyObject, bytes: Buffer, signature: string): boolean => {
  const given = Buffer.from(signature, 'base64');
  return given.length === 64 && verify(null, bytes, key, given);
};

export const isHeadSigned = (head: SignedHead, key: KeyObject): boolean => isSigned(key, headBytes(head), head.signature);

/** The keys of a text with one PEM or several. Throws Error for what is no Ed25519 key. */
export function readPublicKeys(text: string): Map<string, KeyObject> {
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g) ?? [];
  return new Map(
    blocks.map((block) => {
      const key = createPublicKey(block);
      if (key.asymmetricKeyType !== 'ed25519') throw new Error(`a key is ${key.asymmetricKeyType ?? 'unknown'}, not Ed25519`);
      return [keyIdOf(key), key];
    }),
  );
}

/** The keys to trust: those that were given, and those for which a trusted one speaks, in either direction of time. */
export function trustedKeys(
  given: ReadonlyMap<string, KeyObject>,
  of: { readonly log: string; readonly institution: string },
  shown: readonly PublicKeyInfo[],
): Map<string, KeyObject> {
  const trusted = new Map(given);
  let before: number;
  do {
    before = trusted.size;
    for (const { keyId, publicKey, createdAt, endorsements } of shown) {
      const [key] = readPublicKeys(publicKey).values();
      if (trusted.has(keyId) || !key || keyIdOf(key) !== keyId) continue;
      const claim = keyBytes({ ...of, keyId, publicKey, createdAt });
      const speaks = ({ by, signature }: Endorsement): boolean => {
        const speaker = trusted.get(by);
        return speaker !== undefined && isSigned(speaker, claim, signature);
      };
      if (endorsements.some(speaks)) trusted.set(keyId, key);
    }
  } while (trusted.size > before);
  return trusted;
}
