export const PROBLEMS = [
  'altered',
  'dropped',
  'reordered',
  'appended-late',
  'truncated-tail',
  'bad-signature',
  'inconsistent-head',
  'wrong-replay',
  'wrong-figure',
  'wrong-report',
] as const;
export type Problem = (typeof PROBLEMS)[number];

export interface Finding {
  readonly problem: Problem;
  readonly position: number | null;
  readonly id: string | null;
  readonly detail: string;
  /** Of `wrong-figure`: what the report says, and what was found. */
  readonly figure?: { readonly id: string; readonly said: number | null; readonly found: number | null };
}
