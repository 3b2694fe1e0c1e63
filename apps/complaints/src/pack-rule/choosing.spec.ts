import { findClockPack } from '#clock-rules';
import { choosePack, FALLBACK_PACK, PACK_RULES } from './choosing.ts';

const facts = { channel: 'phone', category: null };

describe('the rules that a complaint is under', () => {
  it.each([
    ['a complaint as most are', {}, 'cn-banking-2020', null],
    ['one that a regulator forwarded whose rules are those of all', { channel: 'regulator-forward' }, 'cn-banking-2020', null],
    ['one that came from the People’s Bank', { regulator: 'pboc' }, 'cn-pboc-2020', { regulators: ['pboc', '12363'] }],
    [
      'the same by its channel',
      { channel: 'regulator-pboc' },
      'cn-pboc-2020',
      { channels: ['pboc', '12363', 'regulator-pboc', 'regulator-12363'] },
    ],
    ['a row of a file of the Bureau, whatever its channel', { channel: 'pboc', importKind: 'cfpb' }, 'us-cfpb', { imports: ['cfpb'] }],
  ] as const)('%s', (...[, more, pack, rule]) => {
    const chosen = choosePack({ ...facts, ...more });
    expect(chosen).toMatchObject({ pack, matter: null, timeZone: null });
    expect(chosen.rule).toEqual(rule === null ? null : { ...rule, pack });
  });

  it('are packs that there are', () => {
    for (const name of [FALLBACK_PACK, ...PACK_RULES.map(({ pack }) => pack)]) expect(findClockPack(name)?.pack).toBe(name);
  });
});
