import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { FORBIDDEN, Refusal, UNAVAILABLE } from '#problem';
import type { Config } from './config.ts';

const BODY_BYTES = 32_768;
const TRIES_PER_MINUTE = 30;
const TIMEOUT_MS = 10_000;
const RENEW_EARLY_MS = 60_000;

const isLoopback = (address: string | undefined): boolean => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address ?? '');

const away = (what: string): Refusal =>
  new Refusal(UNAVAILABLE, { detail: `The ${what} service is not running or restarting.`, retryAfterSeconds: 2 });

async function post(what: string, url: URL, init: RequestInit): Promise<Response> {
  return await fetch(url, { ...init, method: 'POST', redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {
    throw away(what);
  });
}

/** The demo client's token, kept until shortly before it ends. */
class DemoToken {
  private value = '';
  private goodUntilMs = 0;

  constructor(private readonly config: Config) {}

  forget(): void {
    this.goodUntilMs = 0;
  }

  /** Throws Refusal UNAVAILABLE when the issuer gives none. */
  async get(): Promise<string> {
    if (Date.now() < this.goodUntilMs) return this.value;
    const credentials = Buffer.from(`${this.config.demoClientId}:${this.config.demoClientSecret}`).toString('base64');
    const answer = await post('identity', new URL('/identity/token', this.config.identityUrl), {
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok || typeof body !== 'object' || body === null || !('access_token' in body)) throw away('identity');
    this.value = String(body.access_token);
    const seconds = 'expires_in' in body ? Number(body.expires_in) : 0;
    this.goodUntilMs = Date.now() + seconds * 1000 - RENEW_EARLY_MS;
    return this.value;
  }
}

/** `POST /try`, on demo machines only: judges stated facts with a demo client's token, which never reaches the browser. */
export async function offerTry(app: FastifyInstance, config: Config): Promise<void> {
  const token = new DemoToken(config);
  const evaluate = async (body: unknown, language: string): Promise<Response> =>
    await post('collections', new URL('/v1/contact-evaluations', config.collectionsUrl), {
      headers: { authorization: `Bearer ${await token.get()}`, 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify(body),
    });
  await app.register(async (scope) => {
    await scope.register(rateLimit, { max: TRIES_PER_MINUTE, timeWindow: 60_000 });
    scope.post('/try', { bodyLimit: BODY_BYTES }, async (request, reply) => {
      if (!isLoopback(request.socket.remoteAddress))
        throw new Refusal(FORBIDDEN, { detail: 'This works on the demo machine itself only.' });
      let answer = await evaluate(request.body, request.headers['accept-language'] ?? 'zh');
      if (answer.status === 401) {
        // The issuer was started afresh since: its new keys ask for a new token.
        token.forget();
        answer = await evaluate(request.body, request.headers['accept-language'] ?? 'zh');
      }
      const type = answer.headers.get('content-type') ?? 'application/json';
      const retryAfter = answer.headers.get('retry-after');
      if (retryAfter !== null) void reply.header('retry-after', retryAfter);
      return reply
        .status(answer.status)
        .header('content-type', type)
        .header('cache-control', 'no-store')
        .send(await answer.text());
    });
  });
}
