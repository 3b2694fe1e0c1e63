import fc from 'fast-check';
import { decide } from './decide.ts';
import type { Pack, PackRow } from './pack.ts';
import { findPack, PACKS } from './packs.ts';
import { compilePolicy } from './compile.ts';
import { coversWindow } from './time-set.ts';
import { checkNotLooser, NO_RULES, type Adjustment, type InstitutionRules } from './tighten.ts';
import type { Policy } from './rule.ts';
import { readInput } from './wire.ts';
import type { FactsJson, PastContactJson, ProposedJson } from './wire-json.ts';

const pack = (name: string, version?: number): Pack => {
  const found = findPack(name, version);
  if (!found) throw new Error(`there is no pack ${name}`);
  return found;
};
const card = pack('cn-card', 2);
const japan = pack('jp-mla');
const stacks = [[card], [card, japan], [pack('cn-card', 1)], [pack('us-reg-f')], [card, pack('in-rbi')]];
const adjust = (changes: Record<string, Adjustment>): InstitutionRules => ({ ...NO_RULES, adjust: changes });
const found = (packs: readonly Pack[], rules: InstitutionRules) =>
  checkNotLooser(packs, rules).map(({ pointer, pack: of, code }) => [pointer, of, code]);

const own = (change: Readonly<Record<string, unknown>> = {}): PackRow =>
  ({
    ruleId: 'own-festival',
    kind: 'calendar',
    params: { dates: [{ from: '2026-11-21', to: '2026-11-22' }], channels: ['voice'] },
    severity: 'block',
    source: 'institution',
    article: '',
    grade: 'C',
    effectiveFrom: '2026-01-01',
    title: { zh: '春节期间不打电话', en: 'No calls at the festival' },
    ...change,
  }) as PackRow;

describe('what may be set', () => {
  it.each<[string, Record<string, Adjustment>]>([
    ['a lower cap, or the same', { 'attempts-per-point': { cap: 4 }, 'visit-per-day': { cap: 1 } }],
    ['no call at all', { 'conversations-per-debtor': { cap: 0 } }],
    ['wider quiet hours', { 'quiet-hours': { refused: { from: '20:00', to: '09:00' } } }],
    ['quiet all day', { 'quiet-hours': { refused: { from: '00:00', to: '24:00' } } }],
    ['a warning that blocks', { 'visit-per-day': { severity: 'block' } }],
    ['a larger team', { 'visit-team': { minCollectors: 3 } }],
    ['any number, or none, where no instrument gives one', { burst: { cap: 30 } }],
    ['off, where no instrument gives a number', { burst: { off: true } }],
    ['a warning where the instrument says should not', { 'attempts-per-point': { severity: 'warn' } }],
  ])('%s', (_what, changes) => expect(found([card, japan], adjust(changes))).toEqual([]));

  it('rules of one’s own', () => expect(found([card], { adjust: {}, rules: [own(), own({ ruleId: 'own-two' })] })).toEqual([]));
});

describe('what is refused, with its place, pack and code', () => {
  it.each<[string, Record<string, Adjustment>, unknown[]]>([
    ['a higher cap', { 'attempts-per-point': { cap: 7 } }, [['/adjust/attempts-per-point/cap', 'cn-card', 'cap-raised']]],
    [
      'quiet hours that one pack of the stack has longer',
      { 'quiet-hours': { refused: { from: '22:00', to: '08:00' } } },
      [['/adjust/quiet-hours/refused', 'jp-mla', 'window-narrowed']],
    ],
    [
      'quiet hours at other times',
      { 'quiet-hours': { refused: { from: '08:00', to: '22:00' } } },
      [
        ['/adjust/quiet-hours/refused', 'cn-card', 'window-narrowed'],
        ['/adjust/quiet-hours/refused', 'jp-mla', 'window-narrowed'],
      ],
    ],
    [
      'no time of day',
      { 'quiet-hours': { refused: { from: '25:00', to: '08:00' } } },
      expect.arrayContaining([['/adjust/quiet-hours/refused', 'cn-card', 'unreadable']]),
    ],
    ['a block that only warns', { 'party-target': { severity: 'warn' } }, [['/adjust/party-target/severity', 'cn-card', 'block-to-warn']]],
    ['switching off', { 'visit-per-day': { off: true } }, [['/adjust/visit-per-day/off', 'cn-card', 'switched-off']]],
    ['a smaller team', { 'visit-team': { minCollectors: 1 } }, [['/adjust/visit-team/minCollectors', 'cn-card', 'fewer-collectors']]],
    ['a rule of no pack', { 'no/such~rule': { cap: 1 } }, [['/adjust/no~1such~0rule', null, 'unknown-rule']]],
    ['a cap for what has none', { 'party-target': { cap: 1 } }, [['/adjust/party-target/cap', 'cn-card', 'not-adjustable']]],
  ])('%s', (_what, changes, want) => expect(found([card, japan], adjust(changes))).toEqual(want));

  it('the name of what every object has is no rule', () => {
    expect(found([card], adjust({ constructor: { cap: 1 } }))).toEqual([['/adjust/constructor', null, 'unknown-rule']]);
    expect(compilePolicy([card], { version: 1, rules: NO_RULES }, {}).rules).toHaveLength(card.rules.length);
  });

  it('own rules that are none, or are not told apart', () => {
    const rules = [own({ kind: 'horoscope' }), own({ ruleId: 'burst' }), own({ ruleId: 'festival' }), own({ ruleId: 'festival' })];
    expect(found([card], { adjust: {}, rules })).toEqual([
      ['/rules/0/kind', null, 'unknown-kind'],
      ['/rules/1/ruleId', 'cn-card', 'id-of-a-pack'],
      ['/rules/1/ruleId', null, 'no-own-prefix'],
      ['/rules/2/ruleId', null, 'no-own-prefix'],
      ['/rules/3/ruleId', null, 'no-own-prefix'],
      ['/rules/3/ruleId', null, 'repeated-id'],
    ]);
  });

  it('says so in both languages', () => {
    const [first] = checkNotLooser([card], adjust({ 'attempts-per-point': { cap: 8 } }));
    expect(first?.text).toEqual({
      zh: '“同一号码的未接通次数”的上限是 6 次，不得提高到 8 次；可以相同或更低。（规则包 cn-card）',
      en: 'The cap of “Unanswered calls to one number” is 6 and cannot be raised to 8; set the same or less. (pack cn-card)',
    });
  });
});

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const iso = (ms: number): string => new Date(ms).toISOString();
const usual: ProposedJson = {
  channel: 'voice',
  mode: 'interactive',
  purpose: 'collect',
  partyRole: 'debtor',
  partyId: 'p1',
  contactPoint: '+8613800000001',
  collectorIds: ['c1'],
};
const facts: FactsJson = {
  timeZone: 'Asia/Shanghai',
  case: { status: 'open', balance: { amount: '1.00', currency: 'CNY' }, overdueSince: '2026-09-01' },
  history: [],
  consents: [],
  holds: [],
  contactPoints: [{ value: '+8613800000001', partyId: 'p1', status: 'valid', source: 'contract' }],
  agency: null,
  optOuts: [],
};

describe('what it does', () => {
  const at = (policy: Policy, change: Partial<ProposedJson> = {}, instant = NOON) =>
    decide(readInput({ ...usual, ...change }, facts), policy, instant);

  it('an own rule refuses, is named in its reason, and stands in the decision', () => {
    const decision = at(compilePolicy([card], { version: 7, rules: { adjust: {}, rules: [own()] } }));
    expect(decision.packs).toEqual([
      { pack: 'cn-card', version: 2 },
      { pack: 'institution', version: 7 },
    ]);
    expect(decision.reasons.at(-1)).toMatchObject({
      ruleId: 'own-festival',
      pack: 'institution',
      detail: { institution: 'v7', kind: 'calendar', titleZh: '春节期间不打电话' },
    });
  });

  it('an adjusted row keeps pack and source, and says which version spoke', () => {
    const policy = compilePolicy([card], { version: 3, rules: adjust({ 'quiet-hours': { refused: { from: '11:00', to: '08:00' } } }) });
    expect(at(policy).reasons).toEqual([
      expect.objectContaining({
        ruleId: 'quiet-hours',
        pack: 'cn-card',
        detail: expect.objectContaining({ from: '11:00', institution: 'v3' }),
      }),
    ]);
  });

  it('a version without anything of its own leaves no trace', () => {
    const plain = at(compilePolicy([card]), {}, NOON + 12 * 3_600_000);
    expect(at(compilePolicy([card], { version: 9, rules: NO_RULES }), {}, NOON + 12 * 3_600_000)).toEqual(plain);
  });
});

const time = fc.constantFrom('00:00', '06:30', '08:00', '09:00', '12:00', '20:00', '21:00', '21:30', '22:00', '23:00', '24:00');
const adjustment: fc.Arbitrary<Adjustment> = fc.record(
  {
    cap: fc.integer({ min: 0, max: 8 }),
    refused: fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to),
    severity: fc.constantFrom('block', 'warn' as const),
    off: fc.constant(true as const),
    minCollectors: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: [] },
);
const ADJUSTABLE = PACKS.flatMap(({ rules }) => rules)
  .filter(({ kind }) => kind === 'counter' || kind === 'time-window' || kind === 'visit')
  .map(({ ruleId }) => ruleId);
const ruleId = fc.constantFrom(...new Set([...ADJUSTABLE, 'party-target', 'case-open']));
const layer: fc.Arbitrary<InstitutionRules> = fc.record({
  adjust: fc.dictionary(ruleId, adjustment, { maxKeys: 3 }),
  rules: fc.constantFrom([], [own()], [own({ severity: 'warn' })]),
});
const past: fc.Arbitrary<PastContactJson> = fc.record({
  channel: fc.constantFrom('voice', 'voice', 'visit' as const),
  startedAt: fc.integer({ min: -30 * 3600, max: 0 }).map((seconds) => iso(NOON + seconds * 1000)),
  result: fc.constantFrom('no-answer', 'no-answer', 'conversation', 'answered', null),
  mode: fc.constantFrom('informational', 'interactive' as const),
  partyRole: fc.constant('debtor' as const),
  partyId: fc.constant('p1'),
  contactPoint: fc.constant('+8613800000001'),
});
const contact = fc.record({
  at: fc.integer({ min: 0, max: 48 * 3600 }).map((seconds) => NOON + seconds * 1000),
  channel: fc.constantFrom('voice', 'voice', 'visit', 'sms' as const),
  mode: fc.constantFrom('informational', 'interactive' as const),
  collectorIds: fc.constantFrom(['c1'], ['c1', 'c2'], ['c1', 'c2', 'c3']),
  history: fc.array(past, { maxLength: 9 }),
});
const verdict = (one: { at: number; history: PastContactJson[] } & Partial<ProposedJson>, policy: Policy): string => {
  const { at, history, ...proposed } = one;
  return decide(readInput({ ...usual, ...proposed }, { ...facts, history }), policy, at).verdict;
};

describe('for any contact', () => {
  it('what passes the check never permits what the packs alone refuse, but for what an instrument leaves open', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stacks), layer, fc.array(contact, { minLength: 1, maxLength: 4 }), (packs, rules, contacts) => {
        if (checkNotLooser(packs, rules).length > 0) return;
        // Rows whose number no instrument gives, and those that may warn, are the institution's to soften: the packs without them are the measure.
        const softened = (row: PackRow): boolean => (row.tenantValue ?? row.mayWarn ?? false) && Object.hasOwn(rules.adjust, row.ruleId);
        const measure = compilePolicy(packs.map((one) => ({ ...one, rules: one.rules.filter((row) => !softened(row)) })));
        const tightened = compilePolicy(packs, { version: 1, rules });
        for (const one of contacts) if (verdict(one, measure) === 'refused') expect(verdict(one, tightened)).toBe('refused');
      }),
      { numRuns: 600 },
    );
  });

  it('a window passes exactly when no time of the day is left out', () => {
    const minute = fc.integer({ min: 0, max: 1440 }).map((minutes) => minutes * 60_000);
    // One whose ends are equal is the whole day.
    const window = fc.oneof(
      { weight: 3, arbitrary: fc.record({ from: minute, to: minute }) },
      minute.map((at) => ({ from: at, to: at })),
    );
    const holds = ({ from, to }: { from: number; to: number }, at: number): boolean =>
      from < to ? at >= from && at < to : at >= from || at < to;
    const day = Array.from({ length: 1440 }, (_, index) => index * 60_000);
    fc.assert(
      fc.property(window, window, (outer, inner) => {
        // Every refusal has its witness: a minute in the inner window that the outer one leaves out.
        const witness = day.find((at) => holds(inner, at) && !holds(outer, at));
        expect(coversWindow(outer, inner)).toBe(witness === undefined);
      }),
      { numRuns: 300 },
    );
  });

  it('a cap that is refused has a witness: a contact that the pack refuses and the higher cap permits', () => {
    const row = card.rules.find((each) => each.ruleId === 'attempts-per-point');
    if (row?.kind !== 'counter') throw new Error('there is no such row');
    const { cap } = row.params;
    fc.assert(
      fc.property(fc.integer({ min: cap + 1, max: 20 }), (higher) => {
        const rules = adjust({ [row.ruleId]: { cap: higher } });
        expect(checkNotLooser([card], rules)).toHaveLength(1);
        // Two hours apart, so that no other cap is reached.
        const history = Array.from({ length: cap }, (_, index) => ({
          ...usual,
          startedAt: iso(NOON - index * 7_200_000),
          result: 'no-answer' as const,
        }));
        const one = { at: NOON + 7_200_000, history };
        const only = [{ ...card, rules: [row] }];
        expect([verdict(one, compilePolicy(only)), verdict(one, compilePolicy(only, { version: 1, rules }))]).toEqual([
          'refused',
          'permitted',
        ]);
      }),
    );
  });
});
