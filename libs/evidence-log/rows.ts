import { canonical, recordHash, type EvidenceRecord, type PublicKeyInfo, type SignedHead } from '#evidence';

/** A row of `evidence_record`. */
export interface RecordRow {
  readonly id: string;
  readonly institutionId: string;
  readonly kind: string;
  readonly at: Date;
  readonly actor: string;
  readonly subject: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly enciphered: Buffer | null;
  readonly keyId: string | null;
}

export const RECORD_COLUMNS = `r.id, r.institution_id as "institutionId", r.kind, r.at, r.actor, r.subject, r.body, r.body_enciphered as enciphered, r.subject_key as "keyId"`;

export function toRecord({ id, institutionId, kind, at, actor, subject, body, enciphered, keyId }: RecordRow): EvidenceRecord {
  return {
    id,
    institution: institutionId,
    kind,
    at: at.toISOString(),
    actor,
    ...(subject !== null && { subject }),
    body,
    ...(enciphered !== null && keyId !== null && { bodySealed: { keyId, sealed: enciphered.toString('base64') } }),
  };
}

export const hashOf = (row: RecordRow): Buffer => recordHash(canonical(toRecord(row)));

/** A row of `evidence_head`. */
export interface HeadRow {
  /** Text: PostgreSQL's bigint. */
  readonly size: string;
  readonly root: Buffer;
  readonly edge: readonly Buffer[];
  readonly at: Date;
  readonly key: string;
  readonly signature: Buffer;
}

export const HEAD_COLUMNS = 'size, root, edge, at, key, signature';

export const toHead = (log: string, institution: string, { size, root, at, key, signature }: HeadRow): SignedHead => ({
  log,
  institution,
  size: Number(size),
  rootHash: root.toString('hex'),
  at: at.toISOString(),
  keyId: key,
  signature: signature.toString('base64'),
});

export interface KeyRow {
  readonly keyId: string;
  readonly publicKey: string;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  readonly endorsements: readonly { readonly by: string; readonly signature: string }[];
}

export const toKeyInfo = ({ createdAt, retiredAt, ...key }: KeyRow): PublicKeyInfo => ({
  ...key,
  createdAt: createdAt.toISOString(),
  retiredAt: retiredAt?.toISOString() ?? null,
});
