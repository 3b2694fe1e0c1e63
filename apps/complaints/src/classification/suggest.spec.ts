import { OUR_CODES } from '../code-table/codes.ts';
import { suggestFromCfpb } from './cfpb.ts';
import { OUR_RULES } from './suggestion.service.ts';
import { suggest, type RuleSet } from './suggest.ts';

const of = (text: string, category: string | null = null, rules: RuleSet = OUR_RULES) =>
  Object.fromEntries(
    suggest({ text, channel: 'phone', category }, rules, OUR_CODES).map(({ dimension, code, reasons }) => [
      dimension,
      [code, reasons.flatMap(({ words }) => words)],
    ]),
  );

it.each([
  ['催收人员在深夜频繁打信用卡欠款电话。', 'collection-frequency', 'collection'],
  ['催收员威胁并辱骂本人。', 'collection-threat', 'collection'],
  ['信用卡被盗刷三千元', 'funds-safety', 'card-use'],
  ['The collector threatened me about my credit card', 'collection-threat', 'collection'],
  ['My credit card was charged twice on the statement', 'debt-dispute', 'card-use'],
])('%s', (text, cause, area) => {
  const found = of(text);
  expect([found.cause?.[0], found.area?.[0]]).toEqual([cause, area]);
});

it('says which words it found, and the channel and category', () => {
  const found = of('深夜来电', 'collection-night');
  expect(found.channel).toEqual(['phone', ['phone']]);
  expect(found.area).toEqual(['collection', ['collection-night']]);
  expect(found.cause).toEqual(['collection-frequency', ['深夜']]);
});

it('a word taken back says nothing', () => {
  expect(of('没有威胁').cause).toBeUndefined();
  expect(of('there was never any fraud').cause).toBeUndefined();
  expect(of('没有再威胁，但昨天又威胁').cause?.[0]).toBe('collection-threat');
  expect(of('房贷利息，不是贷款').business?.[0]).toBe('mortgage');
});

it('finds no word inside another', () => {
  expect(of('I drank coffee').cause).toBeUndefined();
  expect(of('a late fee').cause?.[0]).toBe('fees');
});

it('suggests nothing that the table does not have, nor what no rule speaks for', () => {
  const without = OUR_CODES.filter(({ code }) => code !== 'collection-threat');
  expect(suggest({ text: '威胁', channel: 'x', category: null }, OUR_RULES, without)).toEqual([]);
  expect(suggest({ text: '你好', channel: 'x', category: null }, OUR_RULES, OUR_CODES)).toEqual([]);
});

it('of two alike takes the first of the rules, and more words weigh more', () => {
  const rules: RuleSet = {
    negators: { zh: [], en: [] },
    rules: [
      { id: 'a', dimension: 'cause', code: 'fees', weight: 5, zh: ['甲'] },
      { id: 'b', dimension: 'cause', code: 'service', weight: 5, zh: ['乙', '丙'] },
    ],
  };
  expect(of('甲乙', null, rules).cause?.[0]).toBe('fees');
  expect(of('甲乙丙', null, rules).cause?.[0]).toBe('service');
});

it('reads the columns of the Bureau', () => {
  const narrative =
    'Product: Debt collection\nSub-product: Credit card\nIssue: Communication tactics\nSub-issue: Frequent or repeated calls';
  const codes = suggestFromCfpb(narrative, 'postal-mail', OUR_CODES).map(({ dimension, code }) => [dimension, code]);
  expect(codes).toEqual([
    ['channel', 'letter'],
    ['business', 'credit-card'],
    ['cause', 'collection-frequency'],
    ['area', 'collection'],
  ]);
  expect(suggestFromCfpb('Product: Something new\nIssue: x', 'web', OUR_CODES).map(({ dimension }) => dimension)).toEqual(['channel']);
});
