/** One environment variable: where it belongs, what it means, how its text becomes a value. */
export interface Setting<T> {
  readonly env: string;
  readonly group: string;
  readonly description: string;
  /** Undefined: the variable is required. */
  readonly fallback: T | undefined;
  readonly secret: boolean;
  readonly type: string;
  /** Throws an Error whose message completes "NAME …" when the text is not acceptable. */
  readonly parse: (raw: string) => T;
}

// The value type varies per setting; each is read back with its own type through ConfigOf.
export type Settings = Readonly<Record<string, Setting<unknown>>>;

interface About<T> {
  group: string;
  description: string;
  fallback?: T;
  secret?: boolean;
}

function setting<T>(env: string, type: string, about: About<T>, parse: (raw: string) => T): Setting<T> {
  return { env, type, group: about.group, description: about.description, fallback: about.fallback, secret: about.secret ?? false, parse };
}

export function text(env: string, about: About<string> & { oneOf?: readonly string[] }): Setting<string> {
  return setting(env, about.oneOf ? about.oneOf.join('|') : 'text', about, (raw) => {
    if (about.oneOf && !about.oneOf.includes(raw)) throw new Error(`must be one of ${about.oneOf.join(', ')}`);
    return raw;
  });
}

export function integer(env: string, about: About<number> & { min?: number; max?: number }): Setting<number> {
  const min = about.min ?? 0;
  const max = about.max ?? Number.MAX_SAFE_INTEGER;
  return setting(env, 'integer', about, (raw) => {
    const value = Number(raw);
    if (!/^-?\d+$/.test(raw) || value < min || value > max) throw new Error(`must be a whole number from ${min} to ${max}`);
    return value;
  });
}

export function boolean(env: string, about: About<boolean>): Setting<boolean> {
  return setting(env, 'boolean', about, (raw) => {
    if (raw !== 'true' && raw !== 'false') throw new Error('must be true or false');
    return raw === 'true';
  });
}

export function list(env: string, about: About<readonly string[]>): Setting<readonly string[]> {
  return setting(env, 'comma-separated list', about, (raw) =>
    raw
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
}

export function url(env: string, about: About<string> & { protocols: readonly string[] }): Setting<string> {
  return setting(env, `url (${about.protocols.join(', ')})`, about, (raw) => {
    const protocol = URL.canParse(raw) ? new URL(raw).protocol.replace(':', '') : '';
    if (!about.protocols.includes(protocol)) throw new Error(`must be a URL that begins with ${about.protocols.join(':// or ')}://`);
    return raw;
  });
}
