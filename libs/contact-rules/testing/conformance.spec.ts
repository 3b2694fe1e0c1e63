import fc from 'fast-check';
import { compilePolicy, decide, findPack, readInput, type Pack, type Policy } from '../index.ts';
import { asked, type Asked } from './arbitraries.ts';
import { stack } from './arbitrary-policy.ts';
import { modelDecide, modelPolicy, type ModelPolicy } from './model.ts';

// CONFORMANCE_RUNS=200000 for a deep run; CONFORMANCE_SEED and CONFORMANCE_PATH repeat what a failure names.
const { CONFORMANCE_RUNS = '250', CONFORMANCE_SEED = '20261122', CONFORMANCE_PATH } = process.env;
const runs = { numRuns: Number(CONFORMANCE_RUNS), seed: Number(CONFORMANCE_SEED), ...(CONFORMANCE_PATH ? { path: CONFORMANCE_PATH } : {}) };

const packOf = (name: string): Pack => {
  const pack = findPack(name);
  if (!pack) throw new Error(`${name} is missing`);
  return pack;
};
const policies = new Map<string, { engine: Policy; model: ModelPolicy }>();
function policyOf(names: readonly string[]): { engine: Policy; model: ModelPolicy } {
  const key = names.join();
  const known = policies.get(key) ?? { engine: compilePolicy(names.map(packOf)), model: modelPolicy(names) };
  policies.set(key, known);
  return known;
}

const engineDecide = ({ proposed, facts }: Pick<Asked, 'proposed' | 'facts'>, names: readonly string[], at: number) =>
  decide(readInput(proposed, facts), policyOf(names).engine, at);

function told(one: Asked, names: readonly string[], at = one.at) {
  const { verdict, reasons, nextPermittedAt, mustEndBy } = engineDecide(one, names, at);
  const told = reasons.map(({ pack, ruleId, fact, severity }) => `${pack} ${fact === null ? ruleId : `${ruleId} ${fact}`} ${severity}`);
  return { verdict, reasons: told.toSorted(), nextPermittedAt, mustEndBy };
}

describe('for any contact, on any facts, under any stack of packs', () => {
  it('the engine decides what the text says', () => {
    fc.assert(
      fc.property(asked, stack, (one, names) => {
        expect(told(one, names)).toEqual(modelDecide(one, policyOf(names).model, one.at));
      }),
      runs,
    );
  });
});
