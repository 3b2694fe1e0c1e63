/** What the services say of a record, to be checked here: nothing of it is believed. */
export interface SignedHead {
  readonly log: string;
  readonly institution: string;
  readonly size: number;
  readonly rootHash: string;
  readonly at: string;
  readonly keyId: string;
  readonly signature: string;
}

export interface RecordProof {
  readonly record: Readonly<Record<string, unknown>>;
  readonly position: number;
  readonly leafHash: string;
  readonly proof: readonly string[];
  readonly head: SignedHead;
}

/** `unknown`: this browser cannot tell. */
export type Outcome = 'yes' | 'no' | 'unknown';

export interface RecordCheck {
  /** The record has the hash of its place. */
  readonly hash: Outcome;
  /** Its place is in the tree of the head. */
  readonly included: Outcome;
  readonly signed: Outcome;
}

export interface HeadsCheck {
  readonly consistent: Outcome;
  readonly signed: Outcome;
}

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextEncoder();

/** The one text of a JSON value (RFC 8785). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${parts.join(',')}}`;
}

const fromHex = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const toHex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function joined(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const leafHash = (text: string): Promise<Bytes> => sha256(joined(Uint8Array.of(0), utf8.encode(text)));
const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(joined(Uint8Array.of(1), left, right));

// Sizes are below 2^53: no bit operations on them.
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

/** RFC 9162, 2.1.3.2. */
export async function isIncluded(
  leaf: string,
  position: number,
  head: Pick<SignedHead, 'size' | 'rootHash'>,
  proof: readonly string[],
): Promise<boolean> {
  if (position >= head.size) return false;
  let [fn, sn, root] = [position, head.size - 1, fromHex(leaf)];
  for (const part of proof.map(fromHex)) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      root = await nodeHash(part, root);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else root = await nodeHash(root, part);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && toHex(root) === head.rootHash;
}

/** RFC 9162, 2.1.4.2: the log of the first head is the beginning of that of the second. */
export async function isConsistent(first: SignedHead, second: SignedHead, proof: readonly string[]): Promise<boolean> {
  if (first.size > second.size || first.size === 0) return false;
  if (first.size === second.size) return proof.length === 0 && first.rootHash === second.rootHash;
  const isPower = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isPower ? [first.rootHash, ...proof] : proof;
  if (start === undefined) return false;
  let [fn, sn] = [first.size - 1, second.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  let [fr, sr] = [fromHex(start), fromHex(start)];
  for (const part of rest.map(fromHex)) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      [fr, sr] = [await nodeHash(part, fr), await nodeHash(part, sr)];
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else sr = await nodeHash(sr, part);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && toHex(fr) === first.rootHash && toHex(sr) === second.rootHash;
}

/** Whether the browser lets a page hash at all: it does with HTTPS, and on the machine itself. */
export const canHash = (): boolean => typeof globalThis.crypto?.subtle?.digest === 'function';

/** Whether the key signed the head; `unknown` where the browser has no Ed25519. */
export async function isSigned(
  head: SignedHead,
  keys: readonly { readonly keyId: string; readonly publicKey: string }[],
): Promise<Outcome> {
  const pem = keys.find(({ keyId }) => keyId === head.keyId)?.publicKey;
  if (pem === undefined) return 'no';
  const spki = fromBase64(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''));
  // The id is of the key itself: another key under its name is none.
  if (!toHex(await sha256(spki)).startsWith(head.keyId)) return 'no';
  const { log, institution, size, rootHash, at, keyId } = head;
  const text = canonical({ signed: 'forbear-tree-head-1', log, institution, size, rootHash, at, keyId });
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('spki', spki, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return 'unknown';
  }
  return (await crypto.subtle.verify({ name: 'Ed25519' }, key, fromBase64(head.signature), utf8.encode(text))) ? 'yes' : 'no';
}

const said = (is: boolean): Outcome => (is ? 'yes' : 'no');

export async function checkRecord(shown: RecordProof, keys: Parameters<typeof isSigned>[1]): Promise<RecordCheck> {
  if (!canHash()) return { hash: 'unknown', included: 'unknown', signed: 'unknown' };
  const { record, position, head, proof } = shown;
  // From the record itself, not from the hash that came with it.
  const leaf = toHex(await leafHash(canonical(record)));
  return {
    hash: said(leaf === shown.leafHash),
    included: said(await isIncluded(leaf, position, head, proof)),
    signed: await isSigned(head, keys),
  };
}

export async function checkHeads(
  { from, to, proof }: { readonly from: SignedHead; readonly to: SignedHead; readonly proof: readonly string[] },
  keys: Parameters<typeof isSigned>[1],
): Promise<HeadsCheck> {
  if (!canHash()) return { consistent: 'unknown', signed: 'unknown' };
  const signed = [await isSigned(from, keys), await isSigned(to, keys)];
  return {
    consistent: said(await isConsistent(from, to, proof)),
    signed: signed.includes('no') ? 'no' : signed.includes('unknown') ? 'unknown' : 'yes',
  };
}
