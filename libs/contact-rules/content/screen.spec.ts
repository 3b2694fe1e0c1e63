import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { screenText, type Ban } from '../index.ts';

const { harmless, banned } = parse(readFileSync(join(import.meta.dirname, '../cases/content.yaml'), 'utf8')) as {
  harmless: string[];
  banned: { text: string; bans: Ban[] }[];
};
const context = { byAgency: true, balance: '5000.00' };
const bansOf = (text: string): string[] => screenText(text, context).bans.map(({ ban }) => ban);

describe('screening', () => {
  it.each(harmless)('lets pass: %s', (text) => {
    expect(screenText(text, context).bans).toEqual([]);
  });

  it.each(banned)('refuses: $text', ({ text, bans }) => {
    expect(bansOf(text)).toEqual(expect.arrayContaining(bans));
  });

  it.each(banned)('however it is hidden: $text', ({ text, bans }) => {
    if (bans.includes('amount')) return;
    const spread = /[\u4e00-\u9fff]/.test(text) ? [...text].join(' ') : text.toUpperCase();
    const wide = spread.replace(/[!-~]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0));
    for (const hidden of [spread, wide, `${text.slice(0, 4)}\u200B${text.slice(4)}`]) {
      expect(bansOf(hidden)).toEqual(expect.arrayContaining(bans));
    }
  });

  it('knows the amounts of the ledger by their value', () => {
    for (const text of ['5000元', '5,000.00 元', '￥5000.0', '0.5万元', '五千元', 'CNY 5,000', '$5,000.00'])
      expect(bansOf(text)).toEqual([]);
    for (const text of ['500元', '50000元', '五千零一元', '$4,999.99', '1万元']) expect(bansOf(text)).toEqual(['amount']);
  });

  it('tells the words of the ban, not the names between them', () => {
    expect(screenText('我们会告知你父亲张三', context).bans).toEqual([{ ban: 'exposure', words: ['我们…告知…父亲'] }]);
    expect(screenText('tell your dear Smith employer', context).bans).toEqual([
      { ban: 'exposure', words: [expect.not.stringMatching(/smith/)] },
    ]);
  });

  it('says that amounts cannot be compared where the balance is not known', () => {
    expect(screenText('欠款5000元', { byAgency: false, balance: null })).toEqual({ bans: [], unknownAmounts: true });
  });
});
