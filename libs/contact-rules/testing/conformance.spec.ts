import fc from 'fast-check';
import {
  checkNotLooser,
  compilePolicy,
  decide,
  PACKS,
  readInput,
  toDecisionJson,
  type FactsJson,
  type InstitutionRules,
  type Pack,
  type Policy,
  type ProposedJson,
} from '../index.ts';
import { modelDecide, modelPolicy } from './model.ts';
import { institution, stack } from './policy.arbitrary.ts';
import { asked, type Asked } from './question.arbitrary.ts';

// CONFORMANCE_RUNS=200000 for a deep run; CONFORMANCE_SEED and CONFORMANCE_PATH repeat what a failure names.
const { CONFORMANCE_RUNS = '100', CONFORMANCE_SEED = '20261122', CONFORMANCE_PATH } = process.env;
const runs = { numRuns: Number(CONFORMANCE_RUNS), seed: Number(CONFORMANCE_SEED), ...(CONFORMANCE_PATH ? { path: CONFORMANCE_PATH } : {}) };

/** `cn-card`, or `cn-card@1` for a version that only recorded decisions name. */
function packOf(name: string): Pack {
  const [pack, version] = name.split('@');
  const found = PACKS.findLast((one) => one.pack === pack && (version === undefined || one.version === Number(version)));
  if (!found) throw new Error(`${name} is missing`);
  return found;
}
const policies = new Map<string, Policy>();
function policyOf(names: readonly string[], rules: InstitutionRules | null = null): Policy {
  const compile = (): Policy => compilePolicy(names.map(packOf), rules && { version: 1, rules });
  if (rules !== null) return compile();
  const key = names.join();
  const policy = policies.get(key) ?? compile();
  policies.set(key, policy);
  return policy;
}

type Contact = Pick<Asked, 'proposed' | 'facts'>;
const decideAt = ({ proposed, facts }: Contact, policy: Policy, at: number) => decide(readInput(proposed, facts), policy, at);
const isPermitted = (one: Contact, policy: Policy, at: number): boolean => decideAt(one, policy, at).verdict === 'permitted';

function told(one: Asked, policy: Policy) {
  const { verdict, reasons, nextPermittedAt, mustEndBy } = decideAt(one, policy, one.at);
  const said = reasons.map(({ pack, ruleId, fact, severity }) => `${pack} ${fact === null ? ruleId : `${ruleId} ${fact}`} ${severity}`);
  return { verdict, reasons: said.toSorted(), nextPermittedAt, mustEndBy };
}

const withHistory = (one: Asked, history: FactsJson['history']): Asked => ({ ...one, facts: { ...one.facts, history } });
/** To find a debtor who is lost, others may be asked: the more calls found nobody, the more that permits (party-lost). */
const isSearch = ({ proposed: { partyRole, purpose } }: Asked): boolean =>
  !['debtor', 'co-debtor', 'guarantor'].includes(partyRole ?? '') && !['collect', 'remind'].includes(purpose ?? '');

describe('for any contact, on any facts, under any stack of packs', () => {
  it('the engine decides what the text says', () => {
    fc.assert(
      fc.property(asked, stack, institution, (one, names, rules) => {
        expect(told(one, policyOf(names, rules))).toEqual(modelDecide(one, modelPolicy(names, rules ?? undefined), one.at));
      }),
      runs,
    );
  });

  it('less history never turns a permit into a refusal, save to search for a debtor', () => {
    fc.assert(
      fc.property(asked, stack, fc.nat(), (one, names, index) => {
        const { history } = one.facts;
        if (isSearch(one) || !history || history.length === 0 || !isPermitted(one, policyOf(names), one.at)) return;
        expect(isPermitted(withHistory(one, history.toSpliced(index % history.length, 1)), policyOf(names), one.at)).toBe(true);
      }),
      runs,
    );
  });

  it('and to search for a debtor, a connected contact more never permits', () => {
    fc.assert(
      fc.property(asked, stack, fc.nat({ max: 86_400 }), (one, names, seconds) => {
        const { history } = one.facts;
        if (!isSearch(one) || !history || isPermitted(one, policyOf(names), one.at)) return;
        const startedAt = new Date(one.at - seconds * 1000).toISOString();
        const connected = { channel: 'voice', result: 'answered', initiator: 'us', partyRole: 'debtor', startedAt } as const;
        expect(isPermitted(withHistory(one, [...history, connected]), policyOf(names), one.at)).toBe(false);
      }),
      runs,
    );
  });

  it('a stack permits what each of its packs permits, and nothing else', () => {
    fc.assert(
      fc.property(asked, stack, (one, names) => {
        const each = names.every((name) => isPermitted(one, policyOf([name]), one.at));
        expect(isPermitted(one, policyOf(names), one.at)).toBe(each);
      }),
      runs,
    );
  });

  it('what an institution may publish permits nothing that its packs refuse', () => {
    fc.assert(
      fc.property(asked, stack, institution, (one, names, rules) => {
        if (rules === null || checkNotLooser(names.map(packOf), rules).length > 0) return;
        // What the packs leave to the institution is no part of what they refuse.
        const free = Object.keys(rules.adjust).filter((ruleId) => ['burst', 'attempts-per-point'].includes(ruleId));
        const refusing = decideAt(one, policyOf(names), one.at).reasons.filter(
          ({ severity, rule }) => severity === 'block' && !free.includes(rule),
        );
        if (refusing.length > 0) expect(isPermitted(one, policyOf(names, rules), one.at)).toBe(false);
      }),
      runs,
    );
  });

  it('nextPermittedAt is permitted, and nothing before it is', () => {
    fc.assert(
      fc.property(asked, stack, institution, fc.double({ min: 0, max: 1, noNaN: true }), (one, names, rules, share) => {
        const policy = policyOf(names, rules);
        const { nextPermittedAt, verdict } = decideAt(one, policy, one.at);
        if (verdict === 'permitted') return expect(nextPermittedAt).toBe(one.at);
        const until = nextPermittedAt ?? one.at + 20 * 86_400_000;
        if (nextPermittedAt !== null) expect(isPermitted(one, policy, nextPermittedAt)).toBe(true);
        for (const before of [until - 1000, until - 1, Math.floor(one.at + share * (until - 1 - one.at))]) {
          if (before >= one.at) expect(isPermitted(one, policy, before)).toBe(false);
        }
      }),
      runs,
    );
  });

  it('the order in which attempts are told changes no byte, also at one instant', () => {
    const mixed = asked.chain((one) =>
      fc.tuple(fc.constant(one), fc.shuffledSubarray([...(one.facts.history ?? [])], { minLength: one.facts.history?.length ?? 0 })),
    );
    fc.assert(
      fc.property(mixed, stack, fc.boolean(), ([one, shuffled], names, atOnce) => {
        const instants = atOnce ? shuffled.map((past) => ({ ...past, startedAt: shuffled[0]?.startedAt ?? past.startedAt })) : shuffled;
        const bytes = (history: FactsJson['history']): string =>
          JSON.stringify(toDecisionJson(decideAt(withHistory(one, history), policyOf(names), one.at), one.facts.timeZone ?? 'UTC'));
        if (one.facts.history) expect(bytes(instants)).toBe(bytes(instants.toReversed()));
      }),
      runs,
    );
  });

  it('to know less of the facts never permits', () => {
    const facts = fc.constantFrom<(keyof FactsJson)[]>('history', 'holds', 'case', 'contactPoints', 'agency', 'region');
    const stated = fc.constantFrom<(keyof ProposedJson)[]>(
      'mode',
      'purpose',
      'partyRole',
      'contactPoint',
      'debtId',
      'collectorIds',
      'deviceId',
      'message',
    );
    fc.assert(
      fc.property(asked, institution, facts, stated, (one, rules, fact, part) => {
        const policy = policyOf(['cn-card', 'us-reg-f'], rules);
        if (isPermitted(one, policy, one.at)) return;
        // Without a word of an agency the bank itself asks.
        const left = fact === 'agency' && !one.proposed.agencyId ? 'case' : fact;
        for (const less of [
          { ...one, facts: { ...one.facts, [left]: null } },
          { ...one, proposed: { ...one.proposed, [part]: null } },
        ])
          expect(isPermitted(less, policy, one.at)).toBe(false);
      }),
      runs,
    );
  });
});
