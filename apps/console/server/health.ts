import type { FastifyInstance } from 'fastify';

const PROBE_MS = 2000;
const KEEP_MS = 1000;

export interface Probed {
  readonly name: string;
  /** Empty: not configured, which does not make the origin unready. */
  readonly url: string;
}

interface Health {
  readonly name: string;
  readonly state: 'up' | 'down' | 'not-configured';
  /** Time to answer; null when it did not. */
  readonly milliseconds: number | null;
}

async function probe({ name, url }: Probed): Promise<Health> {
  if (url === '') return { name, state: 'not-configured', milliseconds: null };
  const started = performance.now();
  try {
    const answer = await fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(PROBE_MS) });
    await answer.body?.cancel();
    return { name, state: answer.ok ? 'up' : 'down', milliseconds: Math.round(performance.now() - started) };
  } catch {
    return { name, state: 'down', milliseconds: null };
  }
}

async function tryOut(name: string, check: () => Promise<void>): Promise<Health> {
  const started = performance.now();
  let late: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      check(),
      new Promise((_, reject) => {
        late = setTimeout(() => reject(new Error('no answer')), PROBE_MS);
      }),
    ]);
    return { name, state: 'up', milliseconds: Math.round(performance.now() - started) };
  } catch {
    return { name, state: 'down', milliseconds: null };
  } finally {
    clearTimeout(late);
  }
}

/** `/health/live`: this process. `/health/ready`: with the services behind it, each by name, and our own store where there is one. */
export function answerHealth(app: FastifyInstance, services: readonly Probed[], checkSessions: (() => Promise<void>) | null): void {
  // Readers share an answer for a second, so that many of them do not become many probes.
  let shared: Promise<Health[]> | null = null;
  const look = (): Promise<Health[]> => {
    const own = checkSessions ? [tryOut('sessions', checkSessions)] : [];
    shared ??= Promise.all([...services.map(probe), ...own]).finally(() => setTimeout(() => (shared = null), KEEP_MS).unref());
    return shared;
  };
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_, reply) => {
    const found = await look();
    const isReady = found.every((service) => service.state !== 'down');
    return reply
      .status(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not-ready', services: found });
  });
}
