import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  compilePolicy,
  decide,
  findPack,
  readInput,
  toDecisionJson,
  toMessage,
  type FactsJson,
  type PastContactJson,
  type ProposedJson,
} from './index.ts';

interface Case {
  note: string;
  source: string;
  at?: string;
  proposed?: Partial<ProposedJson>;
  facts?: Partial<FactsJson>;
  calls?: string[];
  want: {
    verdict: string;
    rules: string[];
    facts?: string[];
    next?: string | null;
    mustEndBy?: string | null;
    clears?: Record<string, string>;
    numbers?: Record<string, [number, number]>;
  };
}

const usual = {
  at: '2026-11-21T15:00:00+08:00',
  proposed: {
    channel: 'voice',
    mode: 'interactive',
    purpose: 'collect',
    partyRole: 'debtor',
    partyId: 'p1',
    contactPoint: '+8613800000001',
    debtId: 'd1',
    agencyId: null,
    collectorIds: ['c1'],
  },
  facts: {
    timeZone: 'Asia/Shanghai',
    case: { status: 'open', balance: { amount: '5000.00', currency: 'CNY' }, overdueSince: '2026-09-01' },
    history: [],
    consents: [],
    holds: [],
  },
} as const;

function toCall(text: string): PastContactJson {
  const [time = '', result, ...fields] = text.split(' ');
  const startedAt = time.includes('T') ? time : `2026-11-21T${time.length === 5 ? `${time}:00` : time}+08:00`;
  return {
    channel: 'voice',
    mode: 'interactive',
    initiator: 'us',
    partyRole: 'debtor',
    partyId: 'p1',
    contactPoint: '+8613800000001',
    startedAt,
    result: result === 'pending' ? null : (result as PastContactJson['result']),
    ...Object.fromEntries(fields.map((field) => field.split('='))),
  };
}

const folder = join(import.meta.dirname, 'cases');
const files = readdirSync(folder).map((name) => ({
  name,
  ...(parse(readFileSync(join(folder, name), 'utf8')) as { rule: string | string[]; cases: Case[] }),
}));
const pack = findPack('cn-card');
if (!pack) throw new Error('cn-card is missing');
const policy = compilePolicy([pack]);

describe.each(files)('$name', ({ cases }) => {
  it.each(cases)('$note ($source)', ({ at = usual.at, proposed, facts, calls, want }) => {
    const history = calls ? { history: calls.map(toCall) } : {};
    const input = readInput({ ...usual.proposed, ...proposed }, { ...usual.facts, ...history, ...facts } as FactsJson);
    const decision = toDecisionJson(decide(input, policy, Date.parse(at)), input.facts.timeZone);
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
    for (const reason of decision.reasons) {
      expect(toMessage(reason, 'zh')).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(toMessage(reason, 'en')).toMatch(/^[A-Z].*\.$/);
    }
  });
});

it('has at least one refusing and one permitting case for every rule of the pack', () => {
  const refusing = new Set(files.flatMap(({ cases }) => cases.flatMap(({ want }) => want.rules)));
  const covered = new Set(files.flatMap(({ rule }) => rule));
  expect(pack.rules.map(({ ruleId }) => ruleId).filter((ruleId) => !refusing.has(ruleId) || !covered.has(ruleId))).toEqual([]);
});
