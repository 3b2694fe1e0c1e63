/** What speaks for somebody, each out of so many points. */
export const PARTS = ['area', 'cause', 'channel', 'language', 'load'] as const;
export type Part = (typeof PARTS)[number];
export type Weights = Readonly<Record<Part, number>>;

export const DEFAULT_WEIGHTS: Weights = { area: 30, cause: 20, channel: 10, language: 10, load: 30 };

/** What a complaint asks for; an empty list: nothing is known, and the part counts for nobody. */
export type Traits = Readonly<Record<Exclude<Part, 'load'>, readonly string[]>>;

export interface Candidate {
  readonly subject: string;
  readonly unit: string | null;
  readonly skills: Traits;
  readonly capacity: number;
  /** Open complaints, heavier the nearer they are due. */
  readonly load: number;
  readonly open: number;
}

export interface ScorePart {
  readonly part: Part;
  readonly points: number;
  readonly of: number;
}

export interface Scored extends Candidate {
  readonly score: number;
  readonly parts: readonly ScorePart[];
}

const rounded = (points: number): number => Math.round(points * 10) / 10;

/** Who names no skills of a kind is taken for somebody who does a bit of everything: half the points. */
function shareOf(wanted: readonly string[], skills: readonly string[]): number {
  if (skills.length === 0) return 0.5;
  return wanted.some((code) => skills.includes(code)) ? 1 : 0;
}

export function score(candidate: Candidate, traits: Traits, weights: Weights): Scored {
  const skilled = (['area', 'cause', 'channel', 'language'] as const).flatMap((part): ScorePart[] =>
    traits[part].length === 0
      ? []
      : [{ part, points: rounded(weights[part] * shareOf(traits[part], candidate.skills[part])), of: weights[part] }],
  );
  const room = candidate.capacity === 0 ? 0 : Math.max(0, 1 - candidate.load / candidate.capacity);
  const parts = [...skilled, { part: 'load' as const, points: rounded(weights.load * room), of: weights.load }];
  return { ...candidate, score: rounded(parts.reduce((sum, { points }) => sum + points, 0)), parts };
}

/** The best first; of equals who has less to do, and then by subject, so that it is the same whenever it is asked. */
export const ranked = (candidates: readonly Candidate[], traits: Traits, weights: Weights): Scored[] =>
  candidates
    .map((candidate) => score(candidate, traits, weights))
    .toSorted((a, b) => b.score - a.score || a.load - b.load || (a.subject < b.subject ? -1 : 1));
