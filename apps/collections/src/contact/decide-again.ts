import { decide, readInput, toDecisionJson, type DecisionJson, type FactsJson, type Policy, type ProposedJson } from '#contact-rules';

/** What a decision was made from, as it was recorded. */
export interface Recorded {
  readonly proposed: ProposedJson;
  readonly facts: FactsJson;
  readonly decidedAt: Date;
}

/** Makes a recorded decision again. The policy is the one that was recorded with it, not the one in force now. */
export function decideAgain({ proposed, facts, decidedAt }: Recorded, policy: Policy): DecisionJson {
  const input = readInput(proposed, facts);
  return toDecisionJson(decide(input, policy, decidedAt.getTime()), input.facts.timeZone);
}
