import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface TaggedAnswer {
  /** Without the charset. */
  readonly type: string;
  readonly body: string;
  /** As `Cache-Control` says it. */
  readonly cache: string;
  /** The content security policy of a page. */
  readonly policy?: string;
}

/** Sends what anybody may keep: the same bytes have the same tag, and who has them gets 304. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, { type, body, cache, policy }: TaggedAnswer): void {
  const etag = `"${createHash('sha256').update(type).update(body).digest('base64url').slice(0, 22)}"`;
  void reply.headers({ etag, 'cache-control': cache, vary: 'Accept, Accept-Language' });
  // With a 304 as well: its headers take the place of those that were kept, and without this the page would be shown without its style.
  if (policy !== undefined) void reply.header('content-security-policy', policy);
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) {
    void reply.status(304).send();
    return;
  }
  void reply.header('content-type', `${type}; charset=utf-8`).send(body);
}
