import { diffPolicies, type Change } from './diff.ts';
import type { PackRow } from './pack.ts';
import { findPack, PACKS } from './packs.ts';
import { NO_RULES, type Adjustment } from './tighten.ts';

const card = findPack('cn-card', 2);
const japan = findPack('jp-mla');
if (!card || !japan) throw new Error('a pack is missing');
const plain = { packs: [card], rules: NO_RULES };
const withAdjust = (adjust: Record<string, Adjustment>) => ({ packs: [card], rules: { ...NO_RULES, adjust } });
const only = (changes: readonly Change[]): Change => {
  expect(changes).toHaveLength(1);
  const [first] = changes;
  if (!first) throw new Error('nothing differs');
  return first;
};

const festival: PackRow = {
  ruleId: 'own-festival',
  kind: 'calendar',
  params: { dates: [{ from: '2027-02-05', to: '2027-02-06' }], channels: ['voice'] },
  severity: 'block',
  source: 'institution',
  article: '',
  grade: 'C',
  effectiveFrom: '2027-01-01',
  title: { zh: '春节不打电话', en: 'No calls at the festival' },
};
const withRules = (...rules: PackRow[]) => ({ packs: [card], rules: { adjust: {}, rules } });

it('nothing differs from itself', () => expect(diffPolicies(plain, plain)).toEqual([]));

it('a lower cap, as a compliance officer says it', () => {
  expect(only(diffPolicies(plain, withAdjust({ 'attempts-per-point': { cap: 4 } })))).toEqual({
    pack: 'cn-card',
    ruleId: 'attempts-per-point',
    change: 'changed',
    effect: 'tighter',
    title: { zh: '同一号码的未接通次数', en: 'Unanswered calls to one number' },
    before: { zh: '同一号码每日未接通上限 6 次', en: 'Cap on unanswered calls to one number per day: 6' },
    after: { zh: '同一号码每日未接通上限 4 次', en: 'Cap on unanswered calls to one number per day: 4' },
    says: { zh: '同一号码每日未接通上限 6 次 → 4 次', en: 'Cap on unanswered calls to one number per day: 6 → 4' },
  });
});

it.each<[string, Record<string, Adjustment>, Record<string, Adjustment>, string, RegExp]>([
  [
    'wider quiet hours',
    {},
    { 'quiet-hours': { refused: { from: '21:00', to: '09:00' } } },
    'tighter',
    /^禁止时段 22:00 至次日 08:00 → 21:00 至次日 09:00$/,
  ],
  ['quiet hours that were taken back', { 'quiet-hours': { refused: { from: '21:00', to: '09:00' } } }, {}, 'looser', /^禁止时段/],
  [
    'quiet hours moved',
    { 'quiet-hours': { refused: { from: '21:00', to: '09:00' } } },
    { 'quiet-hours': { refused: { from: '20:00', to: '08:00' } } },
    'other',
    /^禁止时段/,
  ],
  ['a warning that blocks', {}, { 'visit-per-day': { severity: 'block' } }, 'tighter', /^处理 提示.* → 拒绝/],
  ['a block that warns', {}, { 'attempts-per-point': { severity: 'warn' } }, 'looser', /^处理 拒绝.* → 提示/],
  ['a lower cap that only warns', {}, { 'attempts-per-point': { severity: 'warn', cap: 3 } }, 'other', /6 次 → 3 次；处理/],
  ['a larger team', {}, { 'visit-team': { minCollectors: 3 } }, 'tighter', /^上门人数下限 2 人 → 3 人$/],
  ['a rule switched off', {}, { burst: { off: true } }, 'looser', /^不再适用：对同一债务人/],
])('%s', (_what, before, after, effect, says) => {
  const change = only(diffPolicies(withAdjust(before), withAdjust(after)));
  expect(change).toMatchObject({ effect, says: { zh: expect.stringMatching(says) } });
});

describe('own rules', () => {
  it('a new one is tighter, one that is gone is looser', () => {
    const added = only(diffPolicies(plain, withRules(festival)));
    expect(added).toMatchObject({ pack: 'institution', change: 'added', effect: 'tighter', before: null, title: festival.title });
    expect(added.after?.zh).toBe(
      '2027-02-05 至 2027-02-06（债务人当地日期，含首尾两日），不得以电话联系债务人；拒绝：不符合的不得联系；适用期间 自 2027-01-01 起',
    );
    expect(only(diffPolicies(withRules(festival), plain))).toMatchObject({ change: 'removed', effect: 'looser', after: null });
  });

  it('more days are tighter, an end of its own is looser', () => {
    const longer = { ...festival, params: { ...festival.params, dates: [{ from: '2027-02-04', to: '2027-02-06' }] } };
    const change = only(diffPolicies(withRules(festival), withRules(longer)));
    expect(change).toMatchObject({ effect: 'tighter', says: { zh: '日期 2027-02-05 至 2027-02-06 → 2027-02-04 至 2027-02-06' } });
    const ending = only(diffPolicies(withRules(festival), withRules({ ...festival, effectiveTo: '2027-12-31' })));
    expect(ending).toMatchObject({ effect: 'looser', says: { zh: '适用期间 自 2027-01-01 起 → 2027-01-01 至 2027-12-31' } });
  });

  it('what the limits do not say is told as a sentence', () => {
    const row: PackRow = {
      ...festival,
      ruleId: 'own-calls',
      kind: 'counter',
      params: {
        channel: 'voice',
        mode: null,
        results: 'placed',
        seat: 'debtor',
        scope: 'agency',
        window: 'local-day',
        cap: 2,
        consent: null,
      },
    };
    const wider: PackRow = { ...row, params: { ...row.params, scope: 'all-actors' } };
    const change = only(diffPolicies(withRules(row), withRules(wider)));
    expect(change.effect).toBe('other');
    expect(change.says.zh).toMatch(/每家机构单独计算。 → .*银行与全部外部机构合计。/);
  });
});

describe('packs', () => {
  it('one added comes with its rules, one removed takes them along', () => {
    const both = { packs: [card, japan], rules: NO_RULES };
    const added = diffPolicies(plain, both);
    expect(added.map(({ pack, ruleId, change, effect }) => [pack, ruleId, change, effect])).toEqual([
      ['jp-mla', null, 'added', 'tighter'],
      ['jp-mla', 'quiet-hours', 'added', 'tighter'],
    ]);
    expect(diffPolicies(both, plain).map(({ change, effect }) => [change, effect])).toEqual([
      ['removed', 'looser'],
      ['removed', 'looser'],
    ]);
  });

  it('another version is named, with what it changes', () => {
    const first = findPack('cn-card', 1);
    if (!first) throw new Error('version 1 is missing');
    const changes = diffPolicies({ packs: [first], rules: NO_RULES }, plain);
    expect(changes[0]).toMatchObject({ ruleId: null, change: 'changed', says: { zh: expect.stringMatching(/第 1 版 → .*第 2 版$/) } });
    expect(changes.filter(({ change }) => change === 'added').map(({ ruleId }) => ruleId)).toEqual(
      expect.arrayContaining(['party-lost', 'opt-out', 'content-approved']),
    );
  });

  it('the first version of all is new in every row', () => {
    expect(diffPolicies(null, plain)).toHaveLength(1 + card.rules.length);
  });

  it('every pack against nothing reads in both languages', () => {
    for (const pack of PACKS)
      for (const { says, after } of diffPolicies(null, { packs: [pack], rules: NO_RULES }))
        for (const text of [says.zh, says.en, after?.zh ?? '', after?.en ?? '']) expect(text).not.toMatch(/undefined|null|^$/);
  });
});
