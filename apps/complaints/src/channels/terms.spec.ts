import { publicTerms } from './terms.ts';

describe('terms for the public', () => {
  it('are those of the packs, with the article, in both languages', () => {
    const [bank, pboc] = publicTerms('2026-11-21', 'zh');
    expect(bank?.terms.map(({ termId, days, source }) => [termId, days, source])).toEqual([
      ['decide', 15, 'CMP20 18'],
      ['decide-complex', 30, 'CMP20 18'],
      ['decide-special', 60, 'CMP20 18'],
      ['review-request', 30, 'CMP20 20'],
      ['review-decide', 30, 'CMP20 20'],
    ]);
    expect(bank?.terms[0]?.text).toBe('自收到投诉之日起 15 日内作出处理决定并告知投诉人');
    expect(pboc?.terms.map(({ days }) => days)).toEqual([15, 60]);
    expect(publicTerms('2026-11-21', 'en')[0]?.terms[0]?.text).toBe('Decided, and the complainant told, within 15 days of receipt');
  });

  it('promise nothing by a row that does not hold yet', () => {
    expect(publicTerms('2019-12-31', 'zh')).toEqual([]);
    expect(publicTerms('2020-05-01', 'zh').map(({ pack }) => pack)).toEqual(['cn-banking-2020']);
    expect(publicTerms('2026-11-21', 'zh', ['no-such-pack'])).toEqual([]);
  });
});
