import type { IncomingHttpHeaders } from 'node:http';
import httpProxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, UNAVAILABLE, type RefusalKind } from '#problem';
import type { Config } from './config.ts';
import { sendProblem } from './problems.ts';
import { OUR_HEADERS } from './session/browser.ts';

const CONNECT_MS = 3000;
// Until the first byte of an answer; what follows, and what is uploaded before, may take as long as it takes.
const ANSWER_MS = 300_000;
const RETRY_AFTER_SECONDS = 2;
const RETRY_STALE_MS = 10;

const BAD_GATEWAY: RefusalKind = { code: 'bad-gateway', status: 502, title: 'The service broke off its answer' };
const GATEWAY_TIMEOUT: RefusalKind = { code: 'gateway-timeout', status: 504, title: 'The service did not answer in time' };

// RFC 9110 7.6.1, and what the caller could pretend about its own origin.
const droppedFromRequest = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
  'forwarded',
  'x-forwarded-prefix',
  // Node has already said "continue" to the caller; the client of the next hop does not know the word.
  'expect',
  // Between the browser and this server.
  ...OUR_HEADERS,
];
const droppedFromAnswer = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'trailer',
  'server',
  'x-powered-by',
];

export interface Upstream {
  readonly name: string;
  readonly url: string;
  /** Below this path of the public origin. */
  readonly prefix: string;
  /** What the prefix becomes; '/' takes it away. */
  readonly rewritePrefix: string;
  /** Paths below the prefix that are public; the rest (metrics) stays inside. */
  readonly routes: readonly string[];
  /** What it sees of the Cookie header. Ours opens a session, and is nobody else's. */
  readonly cookieFor: (header: string | undefined) => string | undefined;
}

const without = <T extends object>(headers: T, names: readonly string[]): T => {
  const kept = { ...headers };
  for (const name of names) Reflect.deleteProperty(kept, name);
  return kept;
};

/** The code of the error or, before that, of what caused it. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const cause = 'cause' in error ? codeOf(error.cause) : '';
  return cause === '' && 'code' in error && typeof error.code === 'string' ? error.code : cause;
}

const neverReached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

function refusalOf(name: string, error: unknown): Refusal {
  const code = codeOf(error);
  if (neverReached.has(code)) {
    return new Refusal(UNAVAILABLE, {
      detail: `The ${name} service is not running or restarting.`,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return new Refusal(GATEWAY_TIMEOUT);
  return new Refusal(BAD_GATEWAY, {
    detail: 'Whether the request was carried out is not known. Repeat it with the same Idempotency-Key.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

// What a regulator has chosen to look into, for links and downloads as well. It grants nothing: the services ask the token.
const CHOSEN = /(?:^|;\s*)forbear_institution=([A-Za-z0-9%_.~-]{1,600})(?:;|$)/;

function chosenInstitution(headers: IncomingHttpHeaders): string | undefined {
  if (headers['forbear-institution'] !== undefined) return undefined;
  const encoded = CHOSEN.exec(headers.cookie ?? '')?.[1];
  try {
    const name = encoded === undefined ? undefined : decodeURIComponent(encoded);
    return name !== undefined && /^[\x21-\x7e]+$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

function forwardedHeaders(
  config: Config,
  cookieFor: Upstream['cookieFor'],
  request: FastifyRequest,
  headers: IncomingHttpHeaders,
): IncomingHttpHeaders {
  const { host, protocol } = new URL(config.publicUrl);
  const cookie = cookieFor(headers.cookie);
  const institution = request.accessToken === null ? undefined : chosenInstitution(headers);
  return {
    ...without(headers, [...droppedFromRequest, 'cookie']),
    ...(cookie === undefined ? {} : { cookie }),
    ...(request.accessToken === null ? {} : { authorization: `Bearer ${request.accessToken}` }),
    ...(institution === undefined ? {} : { 'forbear-institution': institution }),
    // Replaced, never extended: what stood there was said by the caller.
    'x-forwarded-for': request.ip,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.replace(':', ''),
    'x-request-id': request.id,
  };
}

/** Passes requests on as they come, bodies and answers as streams: uploads of any size, server-sent events, long downloads. */
export async function proxyTo(app: FastifyInstance, config: Config, upstream: Upstream): Promise<void> {
  await app.register(httpProxy, {
    upstream: upstream.url,
    prefix: upstream.prefix,
    rewritePrefix: upstream.rewritePrefix,
    routes: [...upstream.routes],
    disableRequestLogging: true,
    undici: { connect: { timeout: CONNECT_MS }, headersTimeout: ANSWER_MS, bodyTimeout: 0 },
    destroyAgent: true,
    replyOptions: {
      rewriteRequestHeaders: (request, headers) => forwardedHeaders(config, upstream.cookieFor, request as FastifyRequest, headers),
      rewriteHeaders: (headers) => without(headers, droppedFromAnswer),
      // The service closed an idle connection as we wrote to it: a read is safe to send once more. Nothing else is repeated here.
      retryDelay: ({ req, err, attempt }) => {
        const isRead = req.method === 'GET' || req.method === 'HEAD';
        return isRead && attempt === 0 && codeOf(err) === 'UND_ERR_SOCKET' ? RETRY_STALE_MS : null;
      },
      onError: (reply, { error }) => sendProblem(reply as FastifyReply, refusalOf(upstream.name, error)),
    },
  });
}
