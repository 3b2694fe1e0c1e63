import type { Asked, Failure } from './kind.ts';
import type { Policy, Rule } from './rule.ts';
import type { ContactInput, Decision, Reason } from './types.ts';
import { Zone } from './zone.ts';

/** A rule that did not pass, before anyone asks when it will. */
export interface Judgement {
  readonly rule: Rule;
  readonly failure: Failure;
}

// effectiveFrom and effectiveTo are local dates; a row judges from the first instant of the one to the last of the other.
function isEffective(rule: Rule, zone: Zone, at: number): boolean {
  return (
    zone.dateStart(rule.effectiveFrom) <= at && (rule.effectiveTo === null || at < zone.nextDayStart(zone.dateStart(rule.effectiveTo)))
  );
}

const effectiveRules = new WeakMap<Policy, Map<string, { from: number; to: number; rules: readonly Rule[] }>>();

/** The rows in force at the instant, kept until the next instant at which one begins or ends: a look-back asks once a row. */
function rulesInForce(policy: Policy, zone: Zone, at: number): readonly Rule[] {
  const byZone = effectiveRules.get(policy) ?? new Map<string, { from: number; to: number; rules: readonly Rule[] }>();
  effectiveRules.set(policy, byZone);
  const kept = byZone.get(zone.id);
  if (kept && at >= kept.from && at < kept.to) return kept.rules;
  const changes = policy.rules.flatMap((rule) => [
    zone.dateStart(rule.effectiveFrom),
    ...(rule.effectiveTo === null ? [] : [zone.nextDayStart(zone.dateStart(rule.effectiveTo))]),
  ]);
  const from = Math.max(...changes.filter((change) => change <= at), Number.NEGATIVE_INFINITY);
  const to = Math.min(...changes.filter((change) => change > at), Number.POSITIVE_INFINITY);
  const rules = policy.rules.filter((rule) => isEffective(rule, zone, at));
  byZone.set(zone.id, { from, to, rules });
  return rules;
}

function judgeIn(asked: Asked, policy: Policy, at: number): Judgement[] {
  const failed: Judgement[] = [];
  for (const rule of rulesInForce(policy, asked.zone, at)) {
    const failure = rule.judge(asked, at);
    if (failure !== null) failed.push({ rule, failure });
  }
  return failed;
}

/** The rules that do not pass at the instant, in the order of the packs. The quick half of `decide`, for past logs. */
export function judge(input: ContactInput, policy: Policy, at: number): Judgement[] {
  return judgeIn({ ...input, zone: Zone.of(input.facts.timeZone) }, policy, at);
}

const ascending = (instants: readonly number[]): number[] => [...new Set(instants)].toSorted((a, b) => a - b);

/** The first instant after `at` at which the rule passes, or null. */
function clearsAt(rule: Rule, asked: Asked, at: number): number | null {
  const { zone } = asked;
  const repealed = rule.effectiveTo === null ? [] : [zone.nextDayStart(zone.dateStart(rule.effectiveTo))];
  const passes = (instant: number): boolean => !isEffective(rule, zone, instant) || rule.judge(asked, instant) === null;
  return ascending([...rule.boundaries(asked, at), ...repealed]).find((instant) => instant > at && passes(instant)) ?? null;
}

/** The first instant at or after `at` at which every blocking rule passes, or null. Each step moves to where the slowest failing rule clears: before that, it fails. */
function nextPermitted(asked: Asked, policy: Policy, at: number): number | null {
  let instant = at;
  // Every step passes a boundary of a rule and there are finitely many; the limit only guards against a rule that breaks its promise.
  for (let steps = 0; steps < 1000; steps += 1) {
    const blocking = judgeIn(asked, policy, instant).filter(({ rule }) => rule.severity === 'block');
    if (blocking.length === 0) return instant;
    let next = instant;
    for (const { rule } of blocking) {
      const clear = clearsAt(rule, asked, instant);
      if (clear === null) return null;
      next = Math.max(next, clear);
    }
    instant = next;
  }
  return null;
}

/** The first instant after `at` at which a time window that blocks refuses, also one whose row comes into force meanwhile: by then a permitted contact must be over. */
function mustEndBy(asked: Asked, policy: Policy, at: number): number | null {
  const { zone } = asked;
  const ends = policy.rules
    .filter((rule) => rule.endsContact && rule.severity === 'block')
    .flatMap((rule) => {
      const begins = zone.dateStart(rule.effectiveFrom);
      const turns = begins > at ? [begins, ...rule.boundaries(asked, begins)] : rule.boundaries(asked, at);
      return ascending(turns).find((instant) => isEffective(rule, zone, instant) && rule.judge(asked, instant) !== null) ?? [];
    });
  return ends.length === 0 ? null : Math.min(...ends);
}

function toReason({ rule, failure }: Judgement, asked: Asked, at: number): Reason {
  const same = { severity: rule.severity, pack: rule.pack, source: rule.source, rule: rule.ruleId };
  // Which version of the institution's own rules spoke stands in the reason, so that a recorded one can be read by itself.
  const by: Readonly<Record<string, string>> = rule.institution === null ? {} : { institution: `v${rule.institution}` };
  if (failure.missing !== undefined) {
    return { ...same, ruleId: 'missing-fact', limit: null, counted: null, clearsAt: null, fact: failure.missing, detail: by };
  }
  const { limit, counted, detail } = failure;
  return { ...same, ruleId: rule.ruleId, limit, counted, clearsAt: clearsAt(rule, asked, at), fact: null, detail: { ...detail, ...by } };
}

// Eight kinds of hold need the same list: one reason says so, not eight. One that only warns never stands for one that refuses.
function withoutRepeatedFacts(reasons: readonly Reason[]): Reason[] {
  const kept = new Map<string, Reason>();
  for (const reason of reasons) {
    if (reason.fact === null) continue;
    const key = `${reason.pack} ${reason.fact}`;
    const known = kept.get(key);
    if (known === undefined || (known.severity === 'warn' && reason.severity === 'block')) kept.set(key, reason);
  }
  return reasons.filter((reason) => reason.fact === null || kept.get(`${reason.pack} ${reason.fact}`) === reason);
}

/**
 * Judges one contact at one instant. Pure: the same input, policy and instant give the same decision for ever.
 * Reasons come in the order of the packs' rows; `nextPermittedAt` of a permitted contact is `at` itself.
 */
export function decide(input: ContactInput, policy: Policy, at: number): Decision {
  const asked: Asked = { ...input, zone: Zone.of(input.facts.timeZone) };
  const reasons = withoutRepeatedFacts(judgeIn(asked, policy, at).map((judgement) => toReason(judgement, asked, at)));
  const refused = reasons.some(({ severity }) => severity === 'block');
  return {
    verdict: refused ? 'refused' : 'permitted',
    reasons,
    nextPermittedAt: refused ? nextPermitted(asked, policy, at) : at,
    mustEndBy: refused ? null : mustEndBy(asked, policy, at),
    packs: policy.packs,
  };
}
