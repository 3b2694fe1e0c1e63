import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, UNAVAILABLE } from '#problem';
import type { Config } from '../config.ts';
import { notice, wantsPage } from '../notice.ts';
import { BACKGROUND_HEADER, CROSS_SITE, isFromOwnPage, ownPath, type Cookies } from './browser.ts';
import { IssuerRefused } from './issuer.ts';
import type { Sessions } from './sessions.ts';

const BODY_BYTES = 4096;

interface Query {
  readonly to?: unknown;
  readonly lang?: unknown;
  readonly state?: unknown;
}

export interface SignInParts {
  readonly config: Config;
  readonly sessions: Sessions;
  readonly cookies: Cookies;
}

async function login({ config, sessions, cookies }: SignInParts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { to, lang } = request.query as Query;
  const secrets = cookies.begin(request, reply, ownPath(to, new URL(config.publicUrl).origin));
  const language = lang === 'en' ? 'en' : lang === 'zh' ? 'zh-CN' : '';
  return reply.redirect(await sessions.issuer.signInUrl(secrets, language), 303);
}

async function callback({ sessions, cookies }: SignInParts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { state } = request.query as Query;
  const pending = typeof state === 'string' ? cookies.take(request, reply, state) : null;
  if (pending === null) return notice(request, reply, 400, 'sign-in-expired');
  const again = `/auth/login?${new URLSearchParams({ to: pending.to })}`;
  try {
    const id = await sessions.begin(request.url.slice(request.url.indexOf('?')), pending);
    const before = cookies.sessionOf(request);
    if (before !== null) await sessions.replace(before);
    cookies.setSession(reply, id);
    return reply.redirect(pending.to, 303);
  } catch (error) {
    if (error instanceof IssuerRefused) {
      request.log.warn({ reason: error.reason }, 'a sign-in was refused');
      return notice(request, reply, 400, 'sign-in-refused', again);
    }
    if (error instanceof Refusal && error.kind !== UNAVAILABLE) {
      request.log.warn({ reason: error.message }, 'a person signed in whose token the services do not take');
      // The issuer would sign the same account in again: the way on is out.
      return notice(request, reply, 403, 'no-access', (await sessions.issuer.signOutUrl(null)) ?? '/');
    }
    throw error;
  }
}

async function logout({ config, sessions, cookies }: SignInParts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (!isFromOwnPage(request, new URL(config.publicUrl).origin))
    throw new Refusal(CROSS_SITE, { detail: 'Sign out from a page of this origin.' });
  const id = cookies.sessionOf(request);
  const to = (id === null ? null : await sessions.end(id)) ?? '/';
  cookies.clearSession(reply);
  return wantsPage(request) ? reply.redirect(to, 303) : reply.send({ to });
}

async function whoIsIt({ sessions, cookies }: SignInParts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const id = cookies.sessionOf(request);
  const session = id === null ? null : await sessions.resume(id, request.headers[BACKGROUND_HEADER] === undefined);
  if (session !== null) return { signedIn: true, ...session.person };
  if (id !== null) cookies.clearSession(reply);
  return { signedIn: false };
}

/** `/auth/*`: signing in at the issuer, coming back from it, signing out, and who is signed in. */
export async function serveSignIn(app: FastifyInstance, parts: SignInParts): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'));
    // A form or a fetch may send anything along: it is not looked at.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_BYTES }, (_request, _body, done) => done(null));
    scope.setErrorHandler((error, request, reply) => {
      if (!(error instanceof Refusal) || error.kind !== UNAVAILABLE || !wantsPage(request)) throw error;
      void reply.header('retry-after', String(error.extras.retryAfterSeconds ?? 2));
      return notice(request, reply, 503, 'issuer-away', request.method === 'GET' ? '/auth/login' : '/');
    });
    scope.get('/auth/login', (request, reply) => login(parts, request, reply));
    scope.get('/auth/callback', (request, reply) => callback(parts, request, reply));
    scope.post('/auth/logout', (request, reply) => logout(parts, request, reply));
    scope.get('/auth/session', (request, reply) => whoIsIt(parts, request, reply));
  });
}
