import type { KeyObject } from 'node:crypto';
import type { Relied } from '#contact-rules';
import type { EvidenceRecord, SignedHead } from '#evidence';
import type { Finding } from './finding.ts';

export interface Summary {
  readonly log: string;
  readonly institution: string;
  readonly from: number;
  /** Up to which position signed heads cover the log. */
  readonly size: number;
  readonly records: number;
  readonly heads: number;
  /** Decisions and clocks that were made again. */
  readonly replayed: number;
  /** Those that could not be, by why. */
  readonly notReplayed: Readonly<Record<string, number>>;
  readonly problems: number;
  /** To be kept, and held against the next export. */
  readonly lastHead: SignedHead | null;
  /** `at` of the first record. */
  readonly firstAt: string | null;
}

export interface VerifierOptions {
  /** Those that the examiner has from us by another way. */
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** A head that was kept. */
  readonly earlier: SignedHead | null;
  /** How long after it was recorded a record may be sealed. */
  readonly lateMs: number;
  found(finding: Finding): void;
  /** Each record that is what was sealed, in the order of the log. */
  record?(record: EvidenceRecord, position: number, relied: (record: EvidenceRecord) => Relied | null): void;
  /** Each head that is signed. */
  head?(head: SignedHead): void;
}

/** The input is nothing that could be checked. */
export class Unusable extends Error {}
