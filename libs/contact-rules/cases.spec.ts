import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { decide, readInput, toDecisionJson, toMessage, type DecisionJson, type Policy } from './index.ts';
import { owedBy, type Shows } from './testing/case-coverage.ts';
import { findYardstick, toInput, yardsticksOf, type Case, type CaseFile } from './testing/case-files.ts';
import { PACKS } from './packs.ts';

const folder = join(import.meta.dirname, 'cases');
const caseFiles: readonly CaseFile[] = readdirSync(folder).map((name) => ({
  name,
  ...(parse(readFileSync(join(folder, name), 'utf8')) as Omit<CaseFile, 'name'>),
}));
const USUAL_AT = '2026-11-21T15:00:00+08:00';

function decideCase(file: CaseFile, one: Case, policy: Policy): DecisionJson {
  const { proposed, facts } = toInput(file, one);
  const input = readInput(proposed, facts);
  return toDecisionJson(decide(input, policy, Date.parse(one.at ?? USUAL_AT)), input.facts.timeZone);
}

function checkWant(decision: DecisionJson, { want }: Case): void {
  expect({ verdict: decision.verdict, rules: decision.reasons.map(({ ruleId }) => ruleId) }).toEqual({
    verdict: want.verdict,
    rules: want.rules,
  });
  if (want.facts) expect(decision.reasons.map(({ fact }) => fact)).toEqual(want.facts);
  if (want.next !== undefined) expect(decision.nextPermittedAt).toBe(want.next);
  if (want.mustEndBy !== undefined) expect(decision.mustEndBy).toBe(want.mustEndBy);
  const reasons = new Map(decision.reasons.map((reason) => [reason.ruleId, reason]));
  for (const [rule, instant] of Object.entries(want.clears ?? {})) expect(reasons.get(rule)?.clearsAt).toBe(instant);
  for (const [rule, [limit, counted]] of Object.entries(want.numbers ?? {})) expect(reasons.get(rule)).toMatchObject({ limit, counted });
  for (const [rule, detail] of Object.entries(want.details ?? {})) expect(reasons.get(rule)?.detail).toMatchObject(detail);
  for (const reason of decision.reasons) {
    expect(toMessage(reason, 'zh')).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(toMessage(reason, 'en')).toMatch(/^[A-Z].*\.$/);
    expect(`${toMessage(reason, 'zh')} ${toMessage(reason, 'en')}`).not.toMatch(/undefined|null/);
  }
}

const rulesOf = (file: CaseFile, one: Case): string[] => [one.rule ?? file.rule].flat();
const casesUnder = ({ cases }: CaseFile, name: string): Case[] => cases.filter(({ packs }) => packs === undefined || packs.includes(name));
const showsOf = ({ shows }: Case): Shows[] => (shows === undefined ? [] : [shows].flat());

/** What the rule says of the case when it stands alone, in the words of `shows`. */
function saidAlone(file: CaseFile, one: Case, policy: Policy): string {
  const [reason] = decideCase(file, one, policy).reasons;
  if (reason === undefined) return 'passes';
  return reason.fact === null ? 'refuses' : `missing:${reason.fact}`;
}
const expected = (shows: Shows): string =>
  shows === 'edge' ? 'refuses' : shows === 'permitted' || shows.startsWith('exception:') ? 'passes' : shows;

describe.each(caseFiles)('$name', (file) => {
  describe.each(yardsticksOf(file))('under $name', ({ name, rows, policy, alone }) => {
    it.each(casesUnder(file, name))('$note ($source)', (one) => {
      checkWant(decideCase(file, one, policy), one);
      for (const shows of showsOf(one)) {
        for (const rule of rulesOf(file, one)) {
          const row = rows.find(({ ruleId }) => ruleId === rule);
          if (row === undefined) throw new Error(`there is no rule ${rule}`);
          expect(saidAlone(file, one, alone(row))).toBe(expected(shows));
        }
      }
    });
  });
});

const shown = new Map<string, Set<string>>();
for (const file of caseFiles) {
  for (const { name } of yardsticksOf(file)) {
    for (const one of casesUnder(file, name)) {
      for (const rule of rulesOf(file, one)) {
        const key = `${name} ${rule}`;
        shown.set(key, new Set([...(shown.get(key) ?? []), ...showsOf(one)]));
      }
    }
  }
}

describe('the cases show of every rule a contact that passes, one refused at the edge, each exception and each missing fact', () => {
  const yardsticks = [
    ...PACKS.map(({ pack, version }) => ({ name: `${pack}@${version}`, rows: findYardstick(`${pack}@${version}`).rules })),
    ...caseFiles.filter(({ own }) => own !== undefined).flatMap(yardsticksOf),
  ];
  it.each(yardsticks)('$name', ({ name, rows }) => {
    const lacking = rows.flatMap((row) =>
      owedBy(row)
        .filter((shows) => !shown.get(`${name} ${row.ruleId}`)?.has(shows))
        .map((shows) => `${row.ruleId} ${shows}`),
    );
    expect(lacking).toEqual([]);
  });

  it('shows nothing that no rule has', () => {
    const known = new Map(
      yardsticks.flatMap(({ name, rows }) => rows.map((row) => [`${name} ${row.ruleId}`, new Set<string>(owedBy(row))])),
    );
    const unknown = [...shown].flatMap(([key, all]) =>
      [...all].filter((shows) => !known.get(key)?.has(shows)).map((shows) => `${key} ${shows}`),
    );
    expect(unknown).toEqual([]);
  });
});
