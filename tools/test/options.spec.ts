import { parseOptions } from './options.ts';

describe('the options of npm test', () => {
  it.each([
    [[], null, []],
    [['contact'], null, ['contact']],
    [['--only', 'pure', 'contact'], 'pure', ['contact']],
    [['--only=db', '-t', 'a name'], 'db', ['-t', 'a name']],
  ] as const)('%j', (args, only, jest) => {
    expect(parseOptions(args)).toEqual({ only, jest });
  });

  it('names the kinds when asked for another', () => {
    expect(() => parseOptions(['--only', 'fast'])).toThrow('--only takes one of pure, db, system.');
  });
});
