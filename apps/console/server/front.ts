import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import cookiePlugin from '@fastify/cookie';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { Refusal, toRefusal, UNAVAILABLE } from '#problem';
import type { Logger } from '#telemetry';
import { AppPages } from './app-pages.ts';
import type { Config } from './config.ts';
import { answerHealth } from './health.ts';
import { renderErrorsAsProblems, sendProblem } from './problems.ts';
import { serveSignIn } from './session/auth-routes.ts';
import { Cookies } from './session/browser.ts';
import { Gatekeeper } from './session/gatekeeper.ts';
import type { Sessions } from './session/sessions.ts';
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

function answerUnconfigured(app: FastifyInstance, name: string, prefix: string): void {
  const refusal = new Refusal(UNAVAILABLE, {
    detail: `The ${name} service is not part of this installation.`,
    retryAfterSeconds: HOUR_SECONDS,
  });
  app.all(`${prefix}/*`, (_, reply) => sendProblem(reply, refusal));
}

export interface FrontParts {
  readonly config: Config;
  readonly logger: Logger;
  /** Null: nobody signs in here. */
  readonly sessions: Sessions | null;
  /** What the build of the pages wrote; beside this server when left out. */
  readonly appFolder?: string;
}

// What everybody may read and ask, without a session: pages of the collections service, at addresses that can be printed in a letter.
const PUBLIC_PAGES = ['/published-agencies', '/published-agencies/history', '/debt-holder-queries', '/debt-holder-queries/page'];
// The same of the complaints service: what a complainant is sent a link to.
const COMPLAINT_PAGES = [
  '/satisfaction/*',
  '/complaint-channels',
  '/complaint-form',
  '/complaint-form/page',
  '/complaint-status',
  '/complaint-status/*',
];
const SHORT_NAMES = {
  '/public/agencies': '/public/published-agencies',
  '/public/my-debt': '/public/debt-holder-queries',
  '/public/complain': '/public/complaint-form',
  '/public/complaints': '/public/complaint-channels',
} as const;

async function servePublicPages(app: FastifyInstance, config: Config): Promise<void> {
  for (const [short, page] of Object.entries(SHORT_NAMES))
    app.get(short, ({ url }, reply) => reply.redirect(page + new URL(url, 'http://front').search, 302));
  await proxyTo(app, config, {
    name: 'collections',
    url: config.collectionsUrl,
    prefix: '/public',
    rewritePrefix: '/v1',
    routes: PUBLIC_PAGES,
    cookieFor: () => undefined,
  });
  if (config.complaintsUrl === '') return;
  await proxyTo(app, config, {
    name: 'complaints',
    url: config.complaintsUrl,
    prefix: '/public',
    rewritePrefix: '/v1',
    routes: COMPLAINT_PAGES,
    cookieFor: () => undefined,
  });
}

function createServer({ config, logger }: FrontParts): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = logger;
  return Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // An address that cannot be decoded never reaches the error handler.
    frameworkErrors: (error, _, reply) => sendProblem(reply, toRefusal(error)),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    genReqId: () => randomUUID(),
    // Idle connections are closed at shutdown; those at work are waited for.
    forceCloseConnections: 'idle',
  });
}

async function serveUpstreams(app: FastifyInstance, config: Config, cookies: Cookies | null, gatekeeper: Gatekeeper | null): Promise<void> {
  await app.register(async (scope) => {
    gatekeeper?.guard(scope);
    for (const { name, url } of [
      { name: 'collections', url: config.collectionsUrl },
      { name: 'complaints', url: config.complaintsUrl },
    ]) {
      const prefix = `/api/${name}`;
      if (url === '') answerUnconfigured(scope, name, prefix);
      else await proxyTo(scope, config, { name, url, prefix, rewritePrefix: '/', routes: serviceRoutes, cookieFor: () => undefined });
    }
  });
  const identity = {
    name: 'identity',
    url: config.identityUrl,
    prefix: '/identity',
    rewritePrefix: '/identity',
    routes: ['/*'],
    cookieFor: (header: string | undefined) => (cookies ? cookies.withoutOurs(header) : header),
  };
  if (config.identityUrl === '') answerUnconfigured(app, identity.name, identity.prefix);
  else await proxyTo(app, config, identity);
}

/** The public origin: the pages and who is signed in, the services below `/api` and the issuer below `/identity`. */
export async function createFront(parts: FrontParts): Promise<FastifyInstance> {
  const { config, sessions } = parts;
  const app = createServer(parts);
  const pages = new AppPages(parts.appFolder ?? fileURLToPath(new URL('../app/', import.meta.url)));
  const cookies = sessions && new Cookies(config.publicUrl, sessions.vault);
  const gatekeeper = sessions && cookies && new Gatekeeper(config, sessions, cookies, pages);
  renderErrorsAsProblems(app, gatekeeper && ((request, reply) => gatekeeper.answerRest(request, reply)));
  app.decorateRequest('accessToken', null);
  await app.register(cookiePlugin);
  setSecurityHeaders(app, config);
  answerHealth(
    app,
    [
      { name: 'collections', url: config.collectionsUrl },
      { name: 'complaints', url: config.complaintsUrl },
      { name: 'identity', url: config.identityUrl },
    ],
    sessions && (() => sessions.check()),
  );
  await serveStartPage(app, { demo: config.demo, sendHome: gatekeeper && ((request, reply) => gatekeeper.sendHome(request, reply)) });
  if (config.demo) await offerTry(app, config);
  if (sessions && cookies) {
    await serveSignIn(app, { config, sessions, cookies });
    await pages.serveFiles(app);
    if (!pages.areBuilt) parts.logger.warn('the console’s pages are not built (npm run build): signing in leads to a page that says so');
  }
  await servePublicPages(app, config);
  await serveUpstreams(app, config, cookies, gatekeeper);
  return app;
}
