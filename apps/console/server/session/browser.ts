import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import type { RefusalKind } from '#problem';
import { Refusal } from '#problem';
import type { Vault } from '#vault';
import type { Secrets } from './issuer.ts';

const SIGN_IN_SECONDS = 900;
// Tabs that sign in at the same time each have their own; headers have a limit.
const SIGN_INS_AT_ONCE = 4;
const PATH_CHARACTERS = 1000;

export const CROSS_SITE: RefusalKind = { code: 'cross-site', status: 403, title: 'This must come from a page of this origin' };

const CONSOLE_HEADER = 'x-forbear-console';
export const BACKGROUND_HEADER = 'x-forbear-background';
/** What is between the browser and this server only. */
export const OUR_HEADERS = [CONSOLE_HEADER, BACKGROUND_HEADER] as const;

interface Pending extends Secrets {
  /** Where to go when signed in. */
  readonly to: string;
  readonly startedMs: number;
}

/** A path of this origin's pages, or `/`: never another origin, whatever a link says. */
export function ownPath(given: unknown, origin: string): string {
  if (typeof given !== 'string' || given.length > PATH_CHARACTERS || !given.startsWith('/')) return '/';
  // Browsers take a backslash for a slash and leave out tabs and line ends, so that `/\evil.example` is another origin.
  if (/[\\\s]|\p{Cc}/u.test(given) || !URL.canParse(given, origin)) return '/';
  const url = new URL(given, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  const isElsewhere = url.origin !== origin || path.startsWith('//');
  return isElsewhere || /^\/(auth|api|identity|assets|start|health)(\/|$|\?)/.test(url.pathname) ? '/' : path;
}

/** Whether the browser says that a page of this origin made the request. Old browsers, and plain http, have Origin alone. */
export function isFromOwnPage(request: FastifyRequest, origin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined ? request.headers.origin === origin : site === 'same-origin';
}

/** What a cookie alone must never do: throws Refusal CROSS_SITE for a change that no page of ours asked for. */
export function requireOwnPage(request: FastifyRequest, origin: string): void {
  if (request.headers[CONSOLE_HEADER] === '1' && isFromOwnPage(request, origin)) return;
  throw new Refusal(CROSS_SITE, { detail: 'With a session cookie, changes need the header "X-Forbear-Console: 1" and the same origin.' });
}

/** The cookies of this server. On https their names bind them to this very host. */
export class Cookies {
  private readonly prefix: string;
  private readonly isHttps: boolean;

  constructor(
    publicUrl: string,
    private readonly vault: Vault,
  ) {
    this.isHttps = publicUrl.startsWith('https:');
    this.prefix = `${this.isHttps ? '__Host-' : ''}forbear_console`;
  }

  sessionOf(request: FastifyRequest): string | null {
    const id = request.cookies[this.prefix];
    return id !== undefined && /^[\w-]{43}$/.test(id) ? id : null;
  }

  /** It ends with the browser: collectors share machines. */
  setSession(reply: FastifyReply, id: string): void {
    void reply.setCookie(this.prefix, id, this.attributes);
  }

  clearSession(reply: FastifyReply): void {
    void reply.clearCookie(this.prefix, this.attributes);
  }

  /** Remembers, in this browser alone, a sign-in that now begins. */
  begin(request: FastifyRequest, reply: FastifyReply, to: string): Secrets {
    const known = Object.keys(request.cookies).filter((name) => name.startsWith(`${this.prefix}_sign_in_`));
    if (known.length >= SIGN_INS_AT_ONCE) for (const name of known) void reply.clearCookie(name, this.attributes);
    const secrets = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const pending: Pending = { ...secrets, to, startedMs: Date.now() };
    const sealed = this.vault.seal(JSON.stringify(pending), `sign-in/${secrets.state}`).toString('base64url');
    void reply.setCookie(this.nameOf(secrets.state), sealed, { ...this.attributes, maxAge: SIGN_IN_SECONDS });
    return secrets;
  }

  /** The sign-in that this browser began with this state, taken away; null for somebody else's, and for one that is too old. */
  take(request: FastifyRequest, reply: FastifyReply, state: string): Pending | null {
    const name = this.nameOf(state);
    const sealed = request.cookies[name];
    if (sealed === undefined) return null;
    void reply.clearCookie(name, this.attributes);
    try {
      const pending = JSON.parse(this.vault.open(Buffer.from(sealed, 'base64url'), `sign-in/${state}`)) as Pending;
      return Date.now() - pending.startedMs < SIGN_IN_SECONDS * 1000 ? pending : null;
    } catch {
      return null;
    }
  }

  /** A Cookie header without what is ours alone. */
  withoutOurs(header: string | undefined): string | undefined {
    const kept = (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair !== '' && !pair.startsWith(this.prefix));
    return kept.length === 0 ? undefined : kept.join('; ');
  }

  private get attributes(): { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean } {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isHttps };
  }

  private nameOf(state: string): string {
    return `${this.prefix}_sign_in_${createHash('sha256').update(state).digest('hex').slice(0, 12)}`;
  }
}
