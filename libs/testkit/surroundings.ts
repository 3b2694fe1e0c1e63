import { createServer } from 'node:net';

/** What `npm test` prepared, by the name of its environment variable. */
export function prepared(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this test runs under npm test, for example: npm test -- --only db <path>`);
  return value;
}

export interface QueueBackend {
  readonly backend: 'postgres' | 'redis';
  /** The environment that puts a process on this backend. */
  readonly env: () => { REDIS_URL: string };
}

let used = 0;

/** The Redis of this run. Each call in a jest worker gives another of its 64 databases, so that tests do not meet. */
export function redisUrl(): string {
  const base = prepared('TEST_REDIS_URL');
  // Two workers at most: odd numbers for the one, even for the other.
  const worker = Number(process.env.JEST_WORKER_ID ?? 1) % 2;
  const number = 1 + ((used * 2 + worker) % 62);
  used += 1;
  // A Redis that the user brought may have but its one database.
  return process.env.TEST_REDIS_DATABASES === '64' ? `${base}/${number}` : base;
}

/** For `describe.each`: what must hold must hold on both. */
export const queueBackends: readonly QueueBackend[] = [
  { backend: 'postgres', env: () => ({ REDIS_URL: '' }) },
  { backend: 'redis', env: () => ({ REDIS_URL: redisUrl() }) },
];

/** Launch options of playwright-core for the browser that was found. */
export function browserLaunch(): { executablePath: string; args: string[] } {
  const root = process.getuid?.() === 0;
  // Chromium's sandbox refuses root; small /dev/shm in containers makes pages crash; a GPU that is none is slower than to draw without.
  return {
    executablePath: prepared('TEST_BROWSER'),
    args: [...(root ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', '--disable-gpu'],
  };
}

/** A port that is free on the loopback interface now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
