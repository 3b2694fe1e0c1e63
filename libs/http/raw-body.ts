import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyRequest, preParsingAsyncHookHandler, RequestPayload } from 'fastify';

// Of messages that sign their body; larger ones have no good signature.
const MOST_BYTES = 1024 * 1024;

const bodies = new WeakMap<FastifyRequest['raw'], Buffer[]>();

/** Keeps the bytes of a body that says it is signed, beside what is parsed of it. */
export const keepRawBody: preParsingAsyncHookHandler = async (request, _reply, payload) => {
  if (request.headers['x-forbear-signature'] === undefined) return payload;
  const parts: Buffer[] = [];
  let length = 0;
  const tap: Transform & RequestPayload = new Transform({
    transform(part: Buffer, _encoding: string, done: TransformCallback) {
      length += part.length;
      tap.receivedEncodedLength = length;
      if (length <= MOST_BYTES) parts.push(part);
      else bodies.delete(request.raw);
      done(null, part);
    },
  });
  bodies.set(request.raw, parts);
  payload.once('error', (error) => tap.destroy(error));
  return payload.pipe(tap);
};

/** The body of a signed request as it came; null for all others. */
export function rawBodyOf(request: FastifyRequest): Buffer | null {
  const parts = bodies.get(request.raw);
  return parts === undefined ? null : Buffer.concat(parts);
}
