import type { RejectionCode } from './types.ts';

export const TERM_ROW_IDS = ['decide', 'decide-complex', 'decide-special'] as const;
export type TermRowId = (typeof TERM_ROW_IDS)[number];

interface RowSource {
  /** In words, for the reader. */
  readonly condition: string;
  /** Key of the instrument in docs/rules.md, and its article. */
  readonly source: string;
  readonly article: string;
  /** A: read in the instrument's own words; B: reliable secondary source; C: weaker. */
  readonly grade: 'A' | 'B' | 'C';
  /** Local date from which the row holds, until a later row of the same termId does. The date of day 0 decides. */
  readonly effectiveFrom: string;
}

/** A term of so many days in all from day 0. */
export interface TermRow extends RowSource {
  readonly termId: TermRowId;
  readonly kind: 'term';
  readonly days: number;
  readonly unit: 'natural' | 'working';
}

/** What else moves, replaces or ends a term. */
export interface OtherRow extends RowSource {
  readonly termId: 'pause' | 'restart' | 'agreed' | 'declined' | 'withdrawn';
  readonly kind: 'pause' | 'restart' | 'agreed' | 'closing';
  readonly days: null;
}

/** A pack as data: see packs/*.json. Of one termId there may be several rows, each for its time. */
export interface ClockPack {
  readonly pack: string;
  readonly version: number;
  readonly title: { readonly zh: string; readonly en: string };
  /** Whose working days count. */
  readonly country: string;
  readonly rows: readonly (TermRow | OtherRow)[];
  /** What each refusal of an event rests on. */
  readonly rejections: Readonly<Record<RejectionCode, string>>;
}

/**
 * The row that holds for a complaint whose day 0 is the date. A day 0 before the first row is judged by that one, so that old complaints
 * are measured with the oldest yardstick there is. Throws RangeError where the pack has no such term.
 */
export function findTerm(pack: ClockPack, termId: TermRowId, day0: string): TermRow {
  const rows = pack.rows
    .filter((row): row is TermRow => row.kind === 'term' && row.termId === termId)
    .toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  const row = rows.findLast(({ effectiveFrom }) => effectiveFrom <= day0) ?? rows[0];
  if (!row) throw new RangeError(`the pack ${pack.pack} has no term ${termId}`);
  return row;
}
