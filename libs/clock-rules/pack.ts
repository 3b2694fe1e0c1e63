import type { ApproverLevel, EventType, Matter, RejectionCode } from './types.ts';

export const TERM_ROW_IDS = ['decide', 'decide-complex', 'decide-special', 'final'] as const;
export type TermRowId = (typeof TERM_ROW_IDS)[number];
export const REVIEW_TERM_IDS = ['review-request', 'review-decide', 'regulator-forward'] as const;
export type ReviewTermId = (typeof REVIEW_TERM_IDS)[number];

interface RowSource {
  /** In words, for the reader. */
  readonly condition: string;
  /** Key of the instrument in docs/rules.md, and its article; empty where it is cited as a whole. */
  readonly source: string;
  readonly article: string;
  /** A: read in the instrument's own words; B: reliable secondary source; C: weaker. */
  readonly grade: 'A' | 'B' | 'C';
  /** Local date from which the row holds, until a later row of the same termId does. The date of day 0 decides. */
  readonly effectiveFrom: string;
}

interface Days {
  readonly days: number;
  readonly unit: 'natural' | 'working';
}

/** A term of so many days in all from day 0. */
export interface TermRow extends RowSource, Days {
  readonly termId: TermRowId;
  readonly kind: 'term';
  /** Complaints about this alone; those of any other matter when left out. */
  readonly matter?: Matter;
}

/** Until when a simpler answer will do. */
export interface WindowRow extends RowSource, Days {
  readonly termId: 'summary';
  readonly kind: 'window';
}

/** A clock beside that of the complaint: see review.ts. */
export interface ReviewRow extends RowSource, Days {
  readonly termId: ReviewTermId;
  readonly kind: 'review';
}

/** What else moves, replaces or ends a term. */
export interface OtherRow extends RowSource {
  readonly termId: 'pause' | 'restart' | 'agreed' | 'declined' | 'withdrawn';
  readonly kind: 'pause' | 'restart' | 'agreed' | 'closing';
  readonly days: null;
}

/** How an event gives a complaint a longer term. */
export interface GrantRule {
  readonly event: Extract<EventType, 'declared-complex' | 'extended'>;
  /** Complaints about this alone; those of any other matter when left out. */
  readonly matter?: Matter;
  readonly grants: TermRowId;
  /** The terms that it may follow on. */
  readonly from: readonly TermRowId[];
  /** While another term rules: why the event is refused. */
  readonly refusals: Readonly<Partial<Record<TermRowId, RejectionCode>>>;
  /** Who must have approved; empty: nobody. */
  readonly approvers: readonly ApproverLevel[];
  /** Why it is refused without such an approval. */
  readonly unapproved: RejectionCode;
  /** Whether the complainant must have been told, before the running term ends. */
  readonly complainantTold: boolean;
}

/** A pack as data: see packs/*.json. Of one termId there may be several rows, each for its time. */
export interface ClockPack {
  readonly pack: string;
  readonly version: number;
  readonly title: { readonly zh: string; readonly en: string };
  /** Whose working days count. */
  readonly country: string;
  readonly rows: readonly (TermRow | WindowRow | ReviewRow | OtherRow)[];
  readonly grants: readonly GrantRule[];
  /** What each refusal of an event rests on. */
  readonly rejections: Readonly<Record<RejectionCode, string>>;
}

type Dated = Extract<ClockPack['rows'][number], Days>;

/** Of rows for one thing, each from its day, the one that holds on the date. What is older than all of them is measured by the oldest yardstick there is. */
function holdingOn<Row extends Dated>(rows: readonly Row[], date: string): Row | undefined {
  const sorted = rows.toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  return sorted.findLast(({ effectiveFrom }) => effectiveFrom <= date) ?? sorted[0];
}

/** What a pack has for the matter, else what it has for all. */
export function forMatter<Rule extends { readonly matter?: Matter }>(rules: readonly Rule[], matter: Matter | null): readonly Rule[] {
  const own = rules.filter((rule) => rule.matter === (matter ?? undefined));
  return own.length > 0 ? own : rules.filter((rule) => rule.matter === undefined);
}

/** The row that holds for a complaint whose day 0 is the date. Throws RangeError where the pack has no such term. */
export function findTerm(pack: ClockPack, termId: TermRowId, day0: string, matter: Matter | null = null): TermRow {
  const rows = pack.rows.filter((row): row is TermRow => row.kind === 'term' && row.termId === termId);
  const row = holdingOn(forMatter(rows, matter), day0);
  if (!row) throw new RangeError(`the pack ${pack.pack} has no term ${termId}`);
  return row;
}

/** Undefined where the pack has no such window. */
export const findWindow = (pack: ClockPack, day0: string): WindowRow | undefined =>
  holdingOn(
    pack.rows.filter((row) => row.kind === 'window'),
    day0,
  );

/** Throws RangeError where the pack has no such clock. */
export function findReview(pack: ClockPack, termId: ReviewTermId, day0: string): ReviewRow {
  const row = holdingOn(
    pack.rows.filter((one): one is ReviewRow => one.kind === 'review' && one.termId === termId),
    day0,
  );
  if (!row) throw new RangeError(`the pack ${pack.pack} has no ${termId}`);
  return row;
}

/** Whether the pack has a row by which such a thing happens at all. */
export const hasRow = (pack: ClockPack, termId: OtherRow['termId']): boolean => pack.rows.some((row) => row.termId === termId);

/** Whether any due date of the pack depends on which days are worked. */
export const countsWorkingDays = (pack: ClockPack): boolean => pack.rows.some((row) => row.kind === 'term' && row.unit === 'working');

export const sourceOf = ({ source, article }: Pick<RowSource, 'source' | 'article'>): string => `${source} ${article}`.trim();
