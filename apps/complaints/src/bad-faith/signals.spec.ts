import { randomBytes } from 'node:crypto';
import { checkSettings, OUR_SETTINGS, scoreOf, wordsIn, type SignalFact } from './signals.ts';
import { alike, BANDS, TextMarker } from './text-mark.ts';

const fact = (signal: SignalFact['signal'], count: number): SignalFact => ({ signal, count, complaints: [], words: [] });
const TEXT = '本人在贵行办理信用卡，被收取高额利息及违约金，要求全额退还已收取的利息、费用，并向本人书面道歉，否则将向监管部门继续投诉。';

it('a sign below its number says nothing, above it in proportion, and all together at most 100', () => {
  expect(scoreOf([fact('near-identical-text', 2)], OUR_SETTINGS)).toEqual({ score: 0, signals: [] });
  expect(scoreOf([fact('near-identical-text', 4)], OUR_SETTINGS)).toMatchObject({ score: 15, signals: [{ points: 15, weight: 30 }] });
  const all = (['near-identical-text', 'shared-contact', 'same-proxy', 'fee-demand', 'forged-proof'] as const).map((signal) =>
    fact(signal, 60),
  );
  expect(scoreOf(all, OUR_SETTINGS).score).toBe(100);
});

it('nobody is put on the list by one sign', () => {
  expect(checkSettings(OUR_SETTINGS)).toEqual([]);
  expect(checkSettings({ ...OUR_SETTINGS, lookFrom: 35 })).toMatchObject([{ pointer: '/lookFrom', source: 'HLJ 29' }]);
  for (const signal of ['near-identical-text', 'shared-contact', 'same-proxy', 'fee-demand', 'forged-proof'] as const)
    expect(scoreOf([fact(signal, 60)], OUR_SETTINGS).score).toBeLessThan(OUR_SETTINGS.lookFrom);
});

it('finds the words of the list', () => {
  expect(wordsIn('我委托代理退费机构', OUR_SETTINGS)).toEqual(['代理退费']);
  expect(wordsIn('要求退还年费', OUR_SETTINGS)).toEqual([]);
});

describe('marks of texts', () => {
  // One key: how alike is an estimate from sixty numbers, and another key would estimate otherwise.
  const key = Buffer.alloc(32, 7);
  const marker = new TextMarker(key);
  const of = (text: string) => marker.minhash(text);

  it('are alike when little but names, numbers and signs differ', () => {
    const other = TEXT.replace('高额利息', '高额 利息！！').replace('书面道歉', '当面道歉') + ' 金额 3200 元';
    expect(alike(of(TEXT), of(other))).toBeGreaterThan(0.7);
    expect(alike(of(`${TEXT}尾号1234`), of(`${TEXT}尾号9876`))).toBe(1);
    const shared = marker.bands(of(`${TEXT}尾号1234`)).filter((mark, at) => marker.bands(of(TEXT))[at]?.equals(mark));
    expect(shared.length).toBeGreaterThan(0);
    expect(marker.bands(of(TEXT))).toHaveLength(BANDS);
  });

  it('are not when people say different things, or too little', () => {
    const other = '昨晚十一点催收公司连续打了十几个电话到我单位，影响了我的工作，请贵行核实录音并停止这种行为，给我一个答复。';
    expect(alike(of(TEXT), of(other))).toBeLessThan(0.2);
    expect(of('请停止来电')).toEqual([]);
    expect(alike([], [])).toBe(0);
  });

  it('say nothing without the key', () => {
    expect(alike(of(TEXT), new TextMarker(randomBytes(32)).minhash(TEXT))).toBeLessThan(0.2);
    expect(new TextMarker(key).minhash(TEXT)).toEqual(of(TEXT));
  });
});
