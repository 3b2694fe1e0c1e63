/** Decisions from one instant (inclusive) to another (exclusive); of one institution, or of all. */
export interface ReplayScope {
  readonly from: string;
  readonly to: string;
  readonly institutionId: string | null;
}

/** A part of the scope that is decided again in one go, by PostgreSQL's text of its bounds. */
export interface Slice {
  readonly from: string;
  readonly to: string;
}

/** A decision that is not what was recorded. `replayed` is null where it could not be made again; `why` says what was in the way. */
export interface Difference {
  readonly id: string;
  readonly institutionId: string;
  readonly decidedAt: string;
  readonly recorded: string;
  readonly replayed: string | null;
  readonly why: string | null;
}

export interface Tally {
  readonly decisions: number;
  readonly identical: number;
  readonly different: number;
  /** Those that could not be made again, for example because their pack is gone. */
  readonly undecidable: number;
  readonly permitted: number;
  readonly refused: number;
  /** The first of them, in order of time. */
  readonly first: readonly Difference[];
}

const SHOWN = 20;

export const NOTHING: Tally = { decisions: 0, identical: 0, different: 0, undecidable: 0, permitted: 0, refused: 0, first: [] };

const order = (a: Difference, b: Difference): number => {
  const [left, right] = [`${a.decidedAt} ${a.id}`, `${b.decidedAt} ${b.id}`];
  return left < right ? -1 : left > right ? 1 : 0;
};

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    decisions: a.decisions + b.decisions,
    identical: a.identical + b.identical,
    different: a.different + b.different,
    undecidable: a.undecidable + b.undecidable,
    permitted: a.permitted + b.permitted,
    refused: a.refused + b.refused,
    first: b.first.length === 0 ? a.first : [...a.first, ...b.first].toSorted(order).slice(0, SHOWN),
  };
}
