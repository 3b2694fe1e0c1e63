import type { Standing } from '#plan-rules';

/** A plan as it stood before. */
export interface Stood {
  readonly state: 'active' | 'broken' | 'completed';
  /** Epoch milliseconds: the end of its hold; null: it has none, as after completion. */
  readonly breaksAt: number | null;
  /** Whether its hold is in force now. */
  readonly held: boolean;
}

/** What becomes of a plan and of its hold. */
export type Transition =
  /** Goes on, with the hold until then; `again` where it was broken or completed, or its hold had ended. */
  | { readonly to: 'active'; readonly again: boolean; readonly holdUntil: number }
  /** `at`: since when; the hold ends then. */
  | { readonly to: 'broken'; readonly at: number }
  | { readonly to: 'completed'; readonly at: number }
  /** It stays broken: what came in came too late. */
  | { readonly to: 'same' };

/**
 * How a plan stands once more is known than before. What is learned late is not held against what was permitted meanwhile: a hold begins now or not at
 * all. A payment that was taken back breaks the plan now, not then.
 */
export function transitionOf(stood: Stood, standing: Standing, now: number): Transition {
  if (standing.kind === 'completed') return stood.state === 'completed' ? { to: 'same' } : { to: 'completed', at: standing.at };
  const { breaksAt } = standing;
  if (breaksAt > now) return { to: 'active', again: stood.state !== 'active' || !stood.held, holdUntil: breaksAt };
  if (stood.state === 'broken') return { to: 'same' };
  // Nobody was told that it was broken while it was held: it breaks now.
  return { to: 'broken', at: stood.held ? now : breaksAt };
}
