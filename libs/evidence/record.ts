import canonicalize from 'canonicalize';
import { leafHash } from './merkle.ts';

export const RECORD_KINDS = [
  'contact-decision',
  'contact-outcome',
  'register-act',
  'agency-standing',
  'policy-published',
  'policy-recalled',
  'policy-draft',
  'approval-asked',
  'approval-settled',
  'clock-event',
  'complaint-registered',
  'complaint-entry',
  'report-asked',
  'report-made',
  'report-signed',
  'report-corrected',
  'report-delivered',
  'report-schedule',
  'report-target',
  'permit-lapsed',
  'import-asked',
  'import-ended',
  'lookback-asked',
  'lookback-ended',
  'run-ended',
  'calendar-published',
  'calendar-applied',
  'deadline-milestone',
  'personal-data-read',
  'evidence-read',
  'regulator-read',
  'sign-in',
  'key-rotated',
  'waiting-restored',
  'retention-act',
  'records-destroyed',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What only the holder of the subject's key can read: nonce (12 bytes), tag (16) and ciphertext, base64. */
export interface SealedBody {
  readonly keyId: string;
  readonly sealed: string;
}

/** One fact, as it is hashed, exported and shown. */
export interface EvidenceRecord {
  readonly id: string;
  readonly institution: string;
  readonly kind: string;
  /** When it was appended, by PostgreSQL's clock; when it happened is in the body. */
  readonly at: string;
  readonly actor: string;
  /** Whom it is about, where the personal part has a key: a key of our own or the bank's, never a name. */
  readonly subject?: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly bodySealed?: SealedBody;
}

const wellFormed = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part));

/** The one text of a JSON value (RFC 8785). Half a character, which JSON may hold and Unicode may not, becomes U+FFFD. */
export function canonical(value: unknown): string {
  try {
    return canonicalize(value) ?? 'null';
  } catch {
    return canonicalize(wellFormed(value)) ?? 'null';
  }
}

/** The hash of the record as a leaf of the tree, from its canonical text. */
export const recordHash = (text: string): Buffer => leafHash(Buffer.from(text, 'utf8'));
