import fc from 'fast-check';
import { findPhrase, snippetOf, tokensOf, toQuery, unitsOf } from './search-text.ts';

const values = (text: string): string[] => unitsOf(text).map(({ value }) => value);
const finds = (text: string, query: string): boolean => {
  const { phrases, tokens } = toQuery(query);
  const [units, has] = [unitsOf(text), tokensOf(unitsOf(text))];
  return (
    phrases.length > 0 && [...tokens].every((token) => has.has(token)) && phrases.every((phrase) => findPhrase(units, phrase) !== null)
  );
};

describe('units', () => {
  it.each([
    ['深夜催收', ['深', '夜', '催', '收']],
    ['给APP打Call，3次', ['给', 'app', '打', 'call', '3', '次']],
    ['ＡＢＣ １２３', ['abc', '123']],
    ['卡號與卡号', ['卡', '號', '與', '卡', '号']],
    ['naïve Ünïcode', ['naïve', 'ünïcode']],
    ['㈱', ['株']],
    ['—— …', []],
  ])('%s', (text, want) => expect(values(text)).toEqual(want));

  it('know where they stand, also behind characters of two halves', () => {
    const text = '𠮷野家Ａb！投诉';
    for (const { value, from, to } of unitsOf(text)) expect(text.slice(from, to).normalize('NFKC').toLowerCase()).toBe(value);
  });
});

describe('finding', () => {
  it.each([
    ['催收人员在晚上十一点打电话', '晚上十一点', true],
    ['催收人员在晚上十一点打电话', '晚上 电话', true],
    ['催收人员在晚上十一点打电话', '晚上电话', false],
    ['催收人员在晚上，十一点打电话', '晚上十一点', true],
    ['催收人员在晚上十一点打电话', '“晚上，十一点”', true],
    ['The collector called TWICE.', 'Called twice', true],
    ['The collector called TWICE.', 'call', false],
    ['The collector called TWICE.', '"twice called"', false],
    ['上晚', '晚上', false],
    ['尾号1234的卡', '1234', true],
    ['尾号1234的卡', '123', false],
  ])('%s: %s %s', (text, query, want) => expect(finds(text, query)).toBe(want));

  it('one character alone has nothing in the index, beside others it is looked at', () => {
    expect(toQuery('催').tokens.size).toBe(0);
    expect(finds('给app催', 'app 催')).toBe(true);
    expect(finds('给app', 'app 催')).toBe(false);
  });

  it('whatever piece of whole units a text has is found in it', () => {
    const text = fc.array(fc.constantFrom('催', '收', '夜', 'a', 'B', '，', ' ', '。', '𠮷', '１'), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (characters, a, b) => {
        const whole = characters.join('');
        const units = unitsOf(whole);
        if (units.length === 0) return;
        const [first, last] = [a % units.length, b % units.length].toSorted((x, y) => x - y);
        const piece = units.slice(first, (last ?? 0) + 1);
        const query = `"${whole.slice(piece[0]?.from, piece.at(-1)?.to)}"`;
        expect([query, finds(whole, query)]).toEqual([query, true]);
      }),
    );
  });
});

describe('a snippet', () => {
  it('is a piece around the first mark', () => {
    const text = `${'前'.repeat(100)}深夜催收${'后'.repeat(100)}`;
    const { text: piece, marks } = snippetOf(text, [{ from: 100, to: 104 }]);
    expect(piece).toBe(`…${'前'.repeat(24)}深夜催收${'后'.repeat(68)}…`);
    expect(marks.map(({ from, to }) => piece.slice(from, to))).toEqual(['深夜催收']);
  });

  it('leaves out marks that lie beyond it', () => {
    const { marks } = snippetOf('a'.repeat(300), [
      { from: 0, to: 2 },
      { from: 250, to: 260 },
    ]);
    expect(marks).toEqual([{ from: 0, to: 2 }]);
  });
});
