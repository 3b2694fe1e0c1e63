/** Who reviews, and under which numbers the same person may have collected. */
export interface Reviewer {
  readonly person: string;
  readonly collectorIds: readonly string[];
}

/** What is to be reviewed, and who was part of it. */
export interface Reviewable {
  readonly id: string;
  readonly second: boolean;
  readonly collectorIds: readonly string[];
  /** Who asked for the permit. */
  readonly askedBy: string | null;
}

export interface Assignment {
  readonly id: string;
  readonly position: 1 | 2 | 3;
  /** Null: nobody of the list may; whoever of the role may takes it. */
  readonly reviewer: string | null;
}

export const mayReview = ({ person, collectorIds }: Reviewer, unit: Pick<Reviewable, 'collectorIds' | 'askedBy'>): boolean =>
  person !== unit.askedBy && !unit.collectorIds.some((id) => id === person || collectorIds.includes(id));

/** Each to whoever has the least to do, of those who had no part in it; the second reviewer is another than the first. */
export function assign(units: readonly Reviewable[], reviewers: readonly Reviewer[], load: ReadonlyMap<string, number>): Assignment[] {
  const busy = new Map(reviewers.map(({ person }) => [person, load.get(person) ?? 0]));
  const choose = (unit: Reviewable, not: string | null): string | null => {
    const fit = reviewers.filter((reviewer) => reviewer.person !== not && mayReview(reviewer, unit));
    const [least] = fit.toSorted((a, b) => (busy.get(a.person) ?? 0) - (busy.get(b.person) ?? 0) || (a.person < b.person ? -1 : 1));
    if (least) busy.set(least.person, (busy.get(least.person) ?? 0) + 1);
    return least?.person ?? null;
  };
  return units.flatMap((unit): Assignment[] => {
    const one = choose(unit, null);
    const assigned: Assignment = { id: unit.id, position: 1, reviewer: one };
    return unit.second ? [assigned, { id: unit.id, position: 2, reviewer: choose(unit, one) }] : [assigned];
  });
}
