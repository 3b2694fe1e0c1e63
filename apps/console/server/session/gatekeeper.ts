import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NOT_FOUND, Refusal } from '#problem';
import type { AppPages } from '../app-pages.ts';
import type { Config } from '../config.ts';
import { notice, wantsPage } from '../notice.ts';
import { sendProblem } from '../problems.ts';
import { BACKGROUND_HEADER, ownPath, requireOwnPage, type Cookies } from './browser.ts';
import type { Sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session's access token, to be sent to a service in place of the cookie. */
    accessToken: string | null;
  }
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
// Addresses that are no page of the console, whether or not something is there.
const NO_PAGE = /^\/(api|identity|auth|assets|start|health|try)(\/|\?|$)/;

/** What a session cookie opens: the services, and the pages. */
export class Gatekeeper {
  private readonly origin: string;

  constructor(
    config: Config,
    private readonly sessions: Sessions,
    private readonly cookies: Cookies,
    private readonly pages: AppPages,
  ) {
    this.origin = new URL(config.publicUrl).origin;
  }

  /** For the requests to services: with a session cookie and no token of their own they get the session’s. */
  guard(scope: FastifyInstance): void {
    scope.addHook('onRequest', async (request, reply) => {
      const id = this.cookies.sessionOf(request);
      if (id === null || request.headers.authorization !== undefined) return;
      if (!READS.has(request.method)) requireOwnPage(request, this.origin);
      if (!/^\/api\/[a-z]+\/v1\//.test(request.url)) return;
      const session = await this.sessions.resume(id, request.headers[BACKGROUND_HEADER] === undefined);
      // Without a session the service says what it says to anybody: 401.
      if (session === null) this.cookies.clearSession(reply);
      else request.accessToken = session.tokens.accessToken;
    });
  }

  /** `/` of who is signed in; false where the public start page is to be shown. */
  async sendHome(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const id = this.cookies.sessionOf(request);
    if (id === null) return false;
    // The start page tells what is away, so it is shown when that is our own store.
    const lasts = await this.sessions.lasts(id).catch(() => null);
    if (lasts === false) this.cookies.clearSession(reply);
    if (lasts) await this.pages.send(request, reply);
    return lasts === true;
  }

  /** Any address that nothing else answers: a page for who is signed in, the way to sign in for who is not. */
  async answerRest(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || !wantsPage(request) || NO_PAGE.test(request.url)) return sendProblem(reply, new Refusal(NOT_FOUND));
    const id = this.cookies.sessionOf(request);
    try {
      if (id !== null && (await this.sessions.lasts(id))) return await this.pages.send(request, reply);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      void reply.header('retry-after', String(error.extras.retryAfterSeconds ?? 2));
      return notice(request, reply, 503, 'sessions-away', ownPath(request.url, this.origin));
    }
    if (id !== null) this.cookies.clearSession(reply);
    const to = new URLSearchParams({ to: ownPath(request.url, this.origin) });
    return reply.header('cache-control', 'no-store').redirect(`/auth/login?${to}`, 302);
  }
}
