import type { FactsJson, Judgement, ProposedJson, Rule } from '#contact-rules';

/** A rule that a contact does not pass. */
export interface Cause {
  readonly ruleId: string;
  readonly pack: string;
  readonly severity: 'block' | 'warn';
  /** The fact that is not known; null: the rule itself says no. */
  readonly fact: string | null;
}

/** What a policy says of a contact. */
export interface Verdict {
  readonly refused: boolean;
  readonly causes: readonly Cause[];
}

export type Turn = 'to-refused' | 'to-permitted' | null;

export const verdictOf = (causes: readonly Cause[]): Verdict => ({ refused: causes.some(({ severity }) => severity === 'block'), causes });

export const toCause = ({ rule, failure }: Judgement): Cause => ({
  ruleId: rule.ruleId,
  pack: rule.pack,
  severity: rule.severity,
  fact: failure.missing ?? null,
});

export function turnOf(before: Verdict, after: Verdict): Turn {
  if (before.refused === after.refused) return null;
  return after.refused ? 'to-refused' : 'to-permitted';
}

/** The rules that made the difference: those that refuse on the one side and did not on the other. */
export function causesOf(turn: Exclude<Turn, null>, before: Verdict, after: Verdict): Cause[] {
  const [refusing, permitting] = turn === 'to-refused' ? [after, before] : [before, after];
  const blocks = ({ severity }: Cause): boolean => severity === 'block';
  const there = new Set(permitting.causes.filter(blocks).map(({ pack, ruleId }) => `${pack} ${ruleId}`));
  return refusing.causes.filter((cause) => blocks(cause) && !there.has(`${cause.pack} ${cause.ruleId}`));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Whether a fact stands in what was recorded, known or not. What an earlier release did not record at all says nothing about today. */
export function isRecorded(fact: string, facts: FactsJson, proposed: ProposedJson): boolean {
  return [facts, proposed].some((source) => {
    let value: unknown = source;
    for (const part of fact.split('.')) {
      // What is said not to be there has no parts that could be.
      if (value === null) return true;
      if (!isObject(value) || !Object.hasOwn(value, part)) return false;
      value = value[part];
    }
    return true;
  });
}

/** The judgements that can be believed, and the rules that could not be asked. */
export function askable(
  judgements: readonly Judgement[],
  facts: FactsJson,
  proposed: ProposedJson,
): { readonly asked: readonly Judgement[]; readonly leftOut: readonly Rule[] } {
  const isUnknown = ({ failure }: Judgement): boolean => failure.missing !== undefined && !isRecorded(failure.missing, facts, proposed);
  const leftOut = judgements.filter(isUnknown).map(({ rule }) => rule);
  return { asked: leftOut.length === 0 ? judgements : judgements.filter((one) => !isUnknown(one)), leftOut };
}
