import { randomUUID } from 'node:crypto';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { Refusal, toRefusal, UNAVAILABLE } from '#problem';
import type { Logger } from '#telemetry';
import type { Config } from './config.ts';
import { answerHealth } from './health.ts';
import { renderErrorsAsProblems, sendProblem } from './problems.ts';
import { serveStartPage } from './start-page.ts';
import { offerTry } from './try-gate.ts';
import { proxyTo } from './upstream.ts';

const HOUR_SECONDS = 3600;
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
// Swagger UI styles its own markup inline.
const SWAGGER =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const serviceRoutes = ['/v1/*', '/openapi.json', '/docs', '/docs/*', '/health/*'];

function setSecurityHeaders(app: FastifyInstance, config: Config): void {
  const isHttps = config.publicUrl.startsWith('https:');
  app.addHook('onRequest', async (request, reply) => {
    const isSwagger = /^\/api\/[a-z]+\/docs(\/|$|\?)/.test(request.url);
    void reply.headers({
      'content-security-policy': isSwagger ? SWAGGER : NOTHING,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-request-id': request.id,
    });
    if (isHttps) void reply.header('strict-transport-security', `max-age=${HOUR_SECONDS * 24 * 365}`);
  });
}

function answerUnconfigured(app: FastifyInstance, name: string): void {
  const refusal = new Refusal(UNAVAILABLE, {
    detail: `The ${name} service is not part of this installation yet.`,
    retryAfterSeconds: HOUR_SECONDS,
  });
  app.all(`/api/${name}/*`, (_, reply) => sendProblem(reply, refusal));
}

/** The public origin: the start page, the services below `/api` and the issuer below `/identity`. */
export async function createFront(config: Config, logger: Logger): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // An address that cannot be decoded never reaches the error handler.
    frameworkErrors: (error, _, reply) => sendProblem(reply, toRefusal(error)),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    genReqId: () => randomUUID(),
    // Idle connections are closed at shutdown; those at work are waited for.
    forceCloseConnections: 'idle',
  });
  renderErrorsAsProblems(app);
  setSecurityHeaders(app, config);
  answerHealth(app, [
    { name: 'collections', url: config.collectionsUrl },
    { name: 'complaints', url: config.complaintsUrl },
    { name: 'identity', url: config.identityUrl },
  ]);
  await serveStartPage(app, config.demo);
  if (config.demo) await offerTry(app, config);
  for (const { name, url } of [
    { name: 'collections', url: config.collectionsUrl },
    { name: 'complaints', url: config.complaintsUrl },
  ]) {
    if (url === '') answerUnconfigured(app, name);
    else await proxyTo(app, config, { name, url, prefix: `/api/${name}`, rewritePrefix: '/', routes: serviceRoutes });
  }
  await proxyTo(app, config, {
    name: 'identity',
    url: config.identityUrl,
    prefix: '/identity',
    rewritePrefix: '/identity',
    routes: ['/*'],
  });
  return app;
}
