import type { Setting, Settings } from './settings.ts';

export type ConfigOf<S extends Settings> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

/** Every wrong or missing variable at once, by name, never with its value: it may be a secret. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the settings from an environment into a frozen object. Throws ConfigError listing all that is wrong. An empty variable counts as unset. */
export function readConfig<S extends Settings>(settings: S, env: Readonly<Record<string, string | undefined>>): ConfigOf<S> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const raw = env[setting.env];
    if (raw === undefined || raw === '') {
      if (setting.fallback === undefined) problems.push(`${setting.env} is required: ${setting.description}`);
      values[key] = setting.fallback;
      continue;
    }
    try {
      values[key] = setting.parse(raw);
    } catch (error) {
      problems.push(`${setting.env} ${error instanceof Error ? error.message : 'is not acceptable'}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(values) as ConfigOf<S>;
}
