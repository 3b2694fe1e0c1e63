import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Settings } from '#config';

interface ComposeService {
  readonly command?: readonly string[];
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly deploy?: { readonly replicas?: number };
  readonly ports?: readonly string[];
}

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const compose = parse(readFileSync(path('docker-compose.yml'), 'utf8'), { merge: true }) as { services: Record<string, ComposeService> };
const services = Object.entries(compose.services);
const entryOf = ({ command }: ComposeService): string => command?.find((word) => word.startsWith('dist/')) ?? '';
const ours = services.filter(([, service]) => entryOf(service) !== '');

interface Declared {
  readonly settings: Settings;
  readonly migrationSettings?: Settings;
}

/** What the app of an entry declares in its config.ts; null while there is no such app. */
async function declaredBy(entry: string): Promise<Settings | null> {
  const config = `${entry.replace('dist/', '').split('/').slice(0, 3).join('/')}/config.ts`;
  if (!existsSync(path(config))) return null;
  const { settings, migrationSettings } = (await import(path(config))) as Declared;
  return entry.endsWith('/migrate.js') && migrationSettings ? migrationSettings : settings;
}

/** Variables set that nobody reads, and variables required that nobody sets. */
function mismatches(environment: Readonly<Record<string, string>>, settings: Settings): string[] {
  const declared = new Map(Object.values(settings).map((setting) => [setting.env, setting]));
  const unread = Object.keys(environment).filter((name) => !declared.has(name));
  const unset = [...declared.values()].filter(({ env, fallback }) => fallback === undefined && environment[env] === undefined);
  return [...unread.map((name) => `${name} is set, but not read`), ...unset.map(({ env }) => `${env} is required, but not set`)];
}

describe('docker-compose.yml', () => {
  it('has the services of the production shape', () => {
    const names = ['postgres', 'redis', 'collections', 'collections-worker', 'complaints', 'complaints-worker', 'identity', 'front'];
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(names));
    for (const name of ['collections', 'collections-worker', 'complaints', 'complaints-worker'])
      expect(compose.services[name]?.deploy?.replicas).toBe(2);
  });

  it.each(ours)('sets for %s what its config reads, and all that it requires', async (_, service) => {
    const declared = await declaredBy(entryOf(service));
    expect(declared === null ? [] : mismatches(service.environment ?? {}, declared)).toEqual([]);
  });

  it('would notice a variable that is misspelt or missing', () => {
    const setting = { group: '', description: '', fallback: undefined, secret: false, type: 'text', parse: (raw: string) => raw };
    expect(mismatches({ DATABSE_URL: '' }, { databaseUrl: { ...setting, env: 'DATABASE_URL' } })).toEqual([
      'DATABSE_URL is set, but not read',
      'DATABASE_URL is required, but not set',
    ]);
  });

  it('has no secret with a default, and none in the open', () => {
    const text = readFileSync(path('docker-compose.yml'), 'utf8');
    const withDefault = [...text.matchAll(/\$\{(\w+):?-/g)].map(([, name]) => name);
    expect(withDefault).toEqual(['FORBEAR_VERSION']);
    for (const [, { environment }] of services) {
      const secrets = Object.entries(environment ?? {}).filter(([name]) => /PASSWORD|KEY|DATABASE_URL|REDIS_URL|AUTH$/.test(name));
      for (const [, value] of secrets) expect(value).toMatch(/\$\{\w+:\?/);
      expect(environment).not.toHaveProperty('DEMO');
    }
  });

  it('keeps what is queued: Redis appends to disk and evicts nothing', () => {
    const command = (compose.services.redis?.command ?? []).join(' ');
    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--maxmemory-policy noeviction');
  });

  it('runs every program of ours as a normal user, with a health check where it serves', () => {
    const image = readFileSync(path('Dockerfile'), 'utf8');
    expect(image).toMatch(/^USER node$/m);
    expect(image).toMatch(/^HEALTHCHECK /m);
    expect(image.match(/^FROM /gm)?.length).toBeGreaterThan(1);
    for (const [, service] of ours) {
      expect(service.user).toBe('node');
      const serves = service.environment?.PORT !== undefined;
      expect(service.healthcheck?.disable ?? false).toBe(!serves);
    }
    for (const name of ['postgres', 'redis']) expect(compose.services[name]?.healthcheck?.test?.length).toBeGreaterThan(0);
  });

  it('opens one port, on the loopback interface', () => {
    expect(services.flatMap(([, { ports }]) => ports ?? [])).toEqual(['127.0.0.1:3000:3000']);
  });
});
