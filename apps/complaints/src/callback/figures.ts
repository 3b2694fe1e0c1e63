/** What was answered, of one handler, unit, agency or cause. */
export interface Tally {
  readonly key: string | null;
  readonly asked: number;
  readonly answered: number;
  readonly refused: number;
  readonly unreachable: number;
  readonly expired: number;
  /** How many gave each score, from 1 to 5. */
  readonly scores: readonly number[];
}

/** The same where so few have answered that a single answer could be told: how many were asked, and no more. */
export interface Figure {
  readonly key: string | null;
  readonly asked: number;
  readonly suppressed: boolean;
  readonly tally: Tally | null;
  readonly average: number | null;
}

const averageOf = ({ scores, answered }: Tally): number =>
  Math.round((scores.reduce((sum, count, at) => sum + count * (at + 1), 0) / answered) * 100) / 100;

/** Null where the answers are fewer than the least that is shown. */
export const figureOf = (tally: Tally, isShown: boolean): Figure => ({
  key: tally.key,
  asked: tally.asked,
  suppressed: !isShown,
  tally: isShown ? tally : null,
  average: isShown && tally.answered > 0 ? averageOf(tally) : null,
});

/**
 * Which rows are shown: those with no answer at all or with enough. What is left out must not follow from the total: where the answers left out are
 * fewer than the least, the smallest row that is shown goes as well.
 */
export function shownRows(rows: readonly Tally[], minimumCount: number): ReadonlySet<Tally> {
  const shown = new Set(rows.filter(({ answered }) => answered === 0 || answered >= minimumCount));
  const hidden = (): Tally[] => rows.filter((row) => !shown.has(row));
  while (hidden().length > 0) {
    const answers = hidden().reduce((sum, { answered }) => sum + answered, 0);
    if (hidden().length > 1 && answers >= minimumCount) break;
    const [least] = [...shown].filter(({ answered }) => answered > 0).toSorted((a, b) => a.answered - b.answered);
    if (least === undefined) break;
    shown.delete(least);
  }
  return shown;
}

export const totalOf = (rows: readonly Tally[]): Tally => {
  const sum = (of: (row: Tally) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    key: null,
    asked: sum(({ asked }) => asked),
    answered: sum(({ answered }) => answered),
    refused: sum(({ refused }) => refused),
    unreachable: sum(({ unreachable }) => unreachable),
    expired: sum(({ expired }) => expired),
    scores: [0, 1, 2, 3, 4].map((at) => sum(({ scores }) => scores[at] ?? 0)),
  };
};
