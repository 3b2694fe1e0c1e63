import { Frontier, type EvidenceRecord, type PublicKeyInfo, type SignedHead } from '#evidence';

/** A line of an export, by its `type`. */
export interface LogLine {
  readonly type: 'log';
  readonly version: number;
  readonly log: string;
  readonly institution: string;
  readonly from: number;
  readonly to: number;
}
export interface KeyLine extends PublicKeyInfo {
  readonly type: 'key';
}
export interface ContextLine {
  readonly type: 'context';
  readonly position: number;
  readonly record: EvidenceRecord;
  readonly proof: readonly string[];
}
export interface SubjectKeyLine {
  readonly type: 'subject-key';
  readonly keyId: string;
  readonly subject: string;
  readonly key: string;
}
export interface RecordLine {
  readonly type: 'record';
  readonly position: number;
  readonly id: string;
  readonly leafHash: string;
  readonly record: EvidenceRecord | null;
}
export interface HeadLine extends SignedHead {
  readonly type: 'head';
  readonly edge: readonly string[];
}
export interface EndLine {
  readonly type: 'end';
  readonly records: number;
  readonly size: number;
}
export type Line = LogLine | KeyLine | ContextLine | SubjectKeyLine | RecordLine | HeadLine | EndLine;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isHashes = (value: unknown): boolean => Array.isArray(value) && value.every(isHash);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isRecord = (value: unknown): boolean =>
  isObject(value) && ['id', 'institution', 'kind', 'at', 'actor'].every((field) => isText(value[field])) && isObject(value['body']);

export const isSignedHead = (value: unknown): value is SignedHead =>
  isObject(value) &&
  ['log', 'institution', 'at', 'keyId', 'signature'].every((field) => isText(value[field])) &&
  isCount(value['size']) &&
  isHash(value['rootHash']);

const shapes: Readonly<Record<Line['type'], (line: Record<string, unknown>) => boolean>> = {
  log: ({ version, log, institution, from, to }) => isCount(version) && isText(log) && isText(institution) && isCount(from) && isCount(to),
  key: ({ keyId, publicKey, createdAt, endorsements }) =>
    isText(keyId) && isText(publicKey) && isText(createdAt) && Array.isArray(endorsements),
  context: ({ position, record, proof }) => isCount(position) && isRecord(record) && isHashes(proof),
  'subject-key': ({ keyId, subject, key }) => isText(keyId) && isText(subject) && isText(key),
  record: ({ position, id, leafHash, record }) =>
    isCount(position) && isText(id) && isHash(leafHash) && (record === null || isRecord(record)),
  head: (line) => isSignedHead(line) && isHashes((line as Record<string, unknown>)['edge']),
  end: ({ records, size }) => isCount(records) && isCount(size),
};

const isType = (value: unknown): value is Line['type'] => isText(value) && Object.hasOwn(shapes, value);

/** The line as what it says to be; null where it is nothing that an export has. */
export function readLine(text: string): Line | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return null;
    const { type } = value;
    return isType(type) && shapes[type](value) ? (value as unknown as Line) : null;
  } catch {
    return null;
  }
}

export const signedPart = ({ type: _type, edge: _edge, ...head }: HeadLine): SignedHead => head;

/** The edge that stands with a head, where it leads to the root that is signed. */
export function edgeOf({ size, edge }: HeadLine, root: Buffer): Frontier | null {
  try {
    const frontier = new Frontier(
      size,
      edge.map((part) => Buffer.from(part, 'hex')),
    );
    return frontier.root.equals(root) ? frontier : null;
  } catch {
    return null;
  }
}
