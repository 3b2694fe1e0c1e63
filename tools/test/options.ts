import { Told } from '../explain.mjs';

export const kinds = ['pure', 'db', 'system'] as const;
export type Kind = (typeof kinds)[number];

export interface TestOptions {
  readonly only: Kind | null;
  readonly jest: readonly string[];
}

const isKind = (value: string | undefined): value is Kind => kinds.some((kind) => kind === value);

/** Takes `--only <kind>` out; the rest is jest's. */
export function parseOptions(args: readonly string[]): TestOptions {
  const jest: string[] = [];
  let only: Kind | null = null;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const value = arg.startsWith('--only=') ? arg.slice('--only='.length) : arg === '--only' ? args[(at += 1)] : undefined;
    if (!arg.startsWith('--only')) jest.push(arg);
    else if (isKind(value)) only = value;
    else throw new Told(`--only takes one of ${kinds.join(', ')}.`);
  }
  return { only, jest };
}
