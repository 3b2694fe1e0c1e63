import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { isUnavailable } from '#pg';
import { NOT_FOUND, Refusal, renderProblem, UNAVAILABLE } from '#problem';
import { httpSeconds, metrics, type Logger } from '#telemetry';
import type { Config } from './config.ts';
import { answerLogin, type LoginParts } from './login.ts';

export interface ServerParts extends Omit<LoginParts, 'addressOf'> {
  readonly config: Config;
  readonly logger: Logger;
  /** The issuer for the keys in force at this moment. */
  readonly provider: () => Provider;
  /** Throws when the service cannot work. */
  readonly checkReady: () => Promise<unknown>;
}

// Labels of the request histogram; anything else is "other", because addresses are not labels.
const known = new Set(['token', 'jwks', 'auth', 'interaction', 'session', '.well-known', 'health', 'metrics']);

/** The rightmost address that is not one of our own proxies: what stands further left was said by the caller. */
export function clientAddress(peer: string | undefined, forwarded: string | undefined, trusted: readonly string[]): string {
  const proxies = new BlockList();
  for (const address of trusted) proxies.addAddress(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  let address = (peer ?? '').replace(/^::ffff:/, '');
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim());
  while (isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) {
    const next = hops.pop();
    if (next === undefined || isIP(next) === 0) break;
    address = next;
  }
  return address;
}

function sendProblem(response: ServerResponse, refusal: Refusal | null): void {
  if (response.headersSent) return void response.destroy();
  const problem = renderProblem(refusal, randomUUID());
  const retryAfter = refusal?.extras.retryAfterSeconds;
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  response.writeHead(problem.status, { 'content-type': 'application/problem+json; charset=utf-8' }).end(JSON.stringify(problem));
}

const sendJson = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(body));
};

/** The issuer's HTTP: health and metrics at the root, everything else under the path of the issuer's address. */
export function createIdentityServer(parts: ServerParts): Server {
  const issuer = new URL(parts.config.oidcIssuer);
  const basePath = issuer.pathname.replace(/\/$/, '');
  const login: LoginParts = {
    directory: parts.directory,
    throttle: parts.throttle,
    addressOf: (request) =>
      clientAddress(request.socket.remoteAddress, request.headers['x-forwarded-for']?.toString(), parts.config.trustedProxies),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (path === '/health/live') return sendJson(response, { status: 'live' });
    if (path === '/health/ready') {
      await parts.checkReady();
      return sendJson(response, { status: 'ready' });
    }
    if (path === '/metrics') {
      response.setHeader('content-type', metrics.contentType);
      return void response.end(await metrics.metrics());
    }
    if (!path.startsWith(`${basePath}/`)) return sendProblem(response, new Refusal(NOT_FOUND));
    // Links and cookies follow the configured issuer, never what a request says about its host.
    request.headers.host = issuer.host;
    request.headers['x-forwarded-proto'] = issuer.protocol.replace(':', '');
    delete request.headers['x-forwarded-host'];
    Object.assign(request, { baseUrl: basePath, url: path.slice(basePath.length) });
    if (path.startsWith(`${basePath}/interaction/`)) return await answerLogin(parts.provider(), login, request, response);
    await parts.provider().callback()(request, response);
  }

  return createServer((request, response) => {
    const segment = (request.url ?? '').replace(basePath, '').split(/[/?]/)[1] ?? '';
    const end = httpSeconds.startTimer({ method: request.method ?? '', route: known.has(segment) ? segment : 'other' });
    response.on('close', () => end({ status: String(response.statusCode) }));
    response.setHeader('content-security-policy', "frame-ancestors 'none'; base-uri 'none'; object-src 'none'");
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'same-origin');
    answer(request, response).catch((error: unknown) => {
      if (isUnavailable(error) || (error instanceof Refusal && error.kind === UNAVAILABLE)) {
        return sendProblem(
          response,
          new Refusal(UNAVAILABLE, { detail: 'The issuer’s database cannot be reached.', retryAfterSeconds: 2 }),
        );
      }
      parts.logger.error({ route: segment, stack: error instanceof Error ? error.stack : String(error) }, 'unexpected error');
      return sendProblem(response, null);
    });
  });
}
