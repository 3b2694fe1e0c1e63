import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import canonicalize from 'canonicalize';
import { INVALID, Refusal } from '#problem';

export interface IdempotentRequest {
  readonly key: string;
  readonly hash: Buffer;
}

/** SHA-256 over route and input; the order of the keys of an object does not matter. */
export function hashOf(route: string, input: unknown): Buffer {
  return createHash('sha256')
    .update(route)
    .update('\n')
    .update(canonicalize(input ?? null) ?? '')
    .digest();
}

/** The Idempotency-Key of the request with the hash of its input, or null when none was sent. Throws Refusal INVALID for a key that is empty or too long. */
export function idempotencyOf(request: FastifyRequest): IdempotentRequest | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new Refusal(INVALID, {
      errors: [{ pointer: '/headers/idempotency-key', detail: 'must be one value of 1 to 255 printable ASCII characters' }],
    });
  }
  return { key, hash: hashOf(`${request.method} ${request.url.split('?')[0] ?? ''}`, request.body) };
}

/** The same, as a parameter of a controller's method. */
export const Idempotency = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  idempotencyOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
