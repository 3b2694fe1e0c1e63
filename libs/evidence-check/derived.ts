import type { Relied } from '#contact-rules';
import type { EvidenceRecord } from '#evidence';
import type { TracedRow } from '#trace';

/** What a record says of one contact or complaint; parts of one come together in the order of the log. */
export interface Part {
  readonly of: string;
  readonly said: unknown;
}

export interface Window {
  /** Epoch milliseconds, [from, until). */
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
  /** As of when what depends on time is judged. */
  readonly asOf: number;
}

/** How the rows of a kind of report follow from records alone. */
export interface Derivation {
  /** The columns that records hold, of `rows.csv`. */
  readonly columns: ReadonlySet<string>;
  /** Null: nothing that the report counts. `relied` is asked of permits. */
  partOf(record: EvidenceRecord, relied: (record: EvidenceRecord) => Relied | null): Part | null;
  /** The row of what the parts are of; null: it is not of the period. */
  rowOf(parts: readonly unknown[], window: Window): TracedRow | null;
}
