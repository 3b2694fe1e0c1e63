import { UsageError } from '../lookback/cli-arguments.ts';
import { readArguments } from './cli-arguments.ts';

const TIME = ['--from', '2026-11-21T00:00:00+08:00', '--to', '2026-11-22T00:00:00Z'];

describe('the arguments of the replay', () => {
  it('are a time, in any offset, of every institution unless one is named', () => {
    const scope = { from: '2026-11-20T16:00:00.000Z', to: '2026-11-22T00:00:00.000Z', institutionId: null };
    expect(readArguments(TIME)).toMatchObject({ scope, language: 'zh', json: false, quiet: false });
    expect(readArguments([...TIME, '--institution', 'b1', '--workers', '3', '--json', '--quiet', '--lang=en'])).toEqual({
      scope: { ...scope, institutionId: 'b1' },
      workers: 3,
      language: 'en',
      json: true,
      quiet: true,
    });
    expect(readArguments(['-h'])).toBeNull();
  });

  it.each([
    [[], /--from/],
    [['--from', '2026-11-21T00:00:00', '--to', '2026-11-22T00:00:00Z'], /offset/],
    [['--from', '2026-11-22T00:00:00Z', '--to', '2026-11-21T00:00:00Z'], /before/],
    [['--from', '2026-11-21T00:00:00Z', '--to', '2026-11-21T00:00:00Z'], /before/],
    [[...TIME, '--speed'], /--speed/],
    [[...TIME, 'more'], /more/],
    [[...TIME, '--workers', '0'], /--workers/],
    [[...TIME, '--workers', 'many'], /--workers/],
    [[...TIME, '--institution', '*'], /--institution/],
  ])('%j are not taken, in one line', (given, said) => {
    const read = (): unknown => readArguments([...given, '--lang', 'en']);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(said);
  });
});
