import { judge } from './decide.ts';
import type { Policy } from './rule.ts';
import type { ConsentKind, ContactInput } from './types.ts';

/** What a permit rests on beside the rules. */
export interface Relied {
  /** The kinds of consent without each of which the contact would have been refused, each once. */
  readonly kinds: readonly ConsentKind[];
  /** The rules that would have refused without any consent, in the order of the packs, each once. */
  readonly rules: readonly string[];
}

/**
 * The consents that a permitted contact rests on: the same contact is judged again as if nobody had consented to anything, and as if to nothing of each
 * kind. What fails all the same (a text that is not at hand) is not lifted by a consent and does not count.
 */
export function consentsReliedOn(input: ContactInput, policy: Policy, at: number): Relied {
  const consents = input.facts.consents ?? [];
  if (consents.length === 0) return { kinds: [], rules: [] };
  const blockedBy = (kept: typeof consents): string[] => [
    ...new Set(
      judge({ ...input, facts: { ...input.facts, consents: kept } }, policy, at)
        .filter(({ rule }) => rule.severity === 'block')
        .map(({ rule }) => rule.ruleId),
    ),
  ];
  const anyway = new Set(blockedBy(consents));
  const lifted = (kept: typeof consents): string[] => blockedBy(kept).filter((rule) => !anyway.has(rule));
  const kinds = [...new Set(consents.map(({ kind }) => kind))].toSorted();
  return { kinds: kinds.filter((kind) => lifted(consents.filter((one) => one.kind !== kind)).length > 0), rules: lifted([]) };
}
