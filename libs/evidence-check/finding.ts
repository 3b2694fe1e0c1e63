export const PROBLEMS = [
  'altered',
  'dropped',
  'reordered',
  'appended-late',
  'truncated-tail',
  'bad-signature',
  'inconsistent-head',
  'wrong-replay',
] as const;
export type Problem = (typeof PROBLEMS)[number];

export interface Finding {
  readonly problem: Problem;
  readonly position: number | null;
  readonly id: string | null;
  readonly detail: string;
}
