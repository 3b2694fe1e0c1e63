import { boolean, ConfigError, describeConfig, integer, list, readConfig, text, url, type Settings } from '#config';

const about = { group: 'g', description: 'what it is for' };
const settings = {
  name: text('NAME', about),
  level: text('LEVEL', { ...about, oneOf: ['info', 'warn'], fallback: 'info' }),
  port: integer('PORT', { ...about, min: 1, max: 65_535, fallback: 3000 }),
  demo: boolean('DEMO', { ...about, fallback: false }),
  keys: list('KEYS', { ...about, secret: true, fallback: ['default-secret'] }),
  database: url('DATABASE_URL', { ...about, protocols: ['postgres'], secret: true }),
};
const good = { NAME: 'n', DATABASE_URL: 'postgres://u:hunter2@localhost/d' };

function problemsOf(env: Record<string, string>, of: Settings = settings): readonly string[] {
  try {
    readConfig(of, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('readConfig', () => {
  it('gives typed values, with defaults for what is unset or empty, frozen', () => {
    const config = readConfig(settings, { ...good, PORT: '8080', DEMO: 'true', KEYS: ' a, ,b ', LEVEL: '', OTHER: 'x' });
    expect(config).toEqual({ name: 'n', level: 'info', port: 8080, demo: true, keys: ['a', 'b'], database: good.DATABASE_URL });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('says all that is wrong at once, by name', () => {
    const problems = problemsOf({ LEVEL: 'loud', PORT: '0', DEMO: 'yes', DATABASE_URL: 'mysql://x' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['NAME', 'LEVEL', 'PORT', 'DEMO', 'DATABASE_URL']);
    expect(problems[0]).toBe('NAME is required: what it is for');
    expect(problems[1]).toBe('LEVEL must be one of info, warn');
  });

  it('never says a value', () => {
    const env = { NAME: '', LEVEL: 'hunter2', PORT: 'hunter2', DEMO: 'hunter2', DATABASE_URL: 'mysql://u:hunter2@h/d' };
    expect(problemsOf(env)).toHaveLength(5);
    expect(problemsOf(env).join()).not.toContain('hunter2');
  });

  it.each(['-1', '1.5', '1e3', '0x10', ' 1', '65536', 'one'])('does not take %s for a port', (raw) => {
    expect(problemsOf({ ...good, PORT: raw })).toEqual(['PORT must be a whole number from 1 to 65535']);
  });

  it.each(['localhost/d', 'postgres', 'http://postgres', ''])('does not take "%s" for the URL of a database', (raw) => {
    expect(problemsOf({ ...good, DATABASE_URL: raw })).toHaveLength(1);
  });
});

describe('describeConfig', () => {
  it('names every variable, and no default of a secret', () => {
    const described = describeConfig('app', settings);
    for (const { env } of Object.values(settings)) expect(described).toContain(`\`${env}\``);
    expect(described).not.toContain('default-secret');
    expect(described).toContain('| `KEYS` | g | comma-separated list | (secret) | what it is for |');
    expect(described).toContain('| `NAME` | g | text | required | what it is for |');
    expect(described).toContain('| `PORT` | g | integer | `3000` | what it is for |');
  });
});
