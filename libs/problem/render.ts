import { HttpException } from '@nestjs/common';
import { METHOD_NOT_ALLOWED, NOT_FOUND, Refusal, TOO_LARGE, TOO_MANY, UNPARSABLE, UNSUPPORTED_MEDIA, type RefusalKind } from './refusal.ts';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { pointer: string; detail: string }[];
  readonly requestId: string;
}

const INTERNAL: RefusalKind = {
  code: 'internal',
  status: 500,
  title: 'Something went wrong on our side; the request id finds it in our logs',
};

// Fastify's and Nest's own errors that a caller can cause, by status. What is not listed here is ours to answer for.
const byStatus = new Map<number, RefusalKind>([
  [400, UNPARSABLE],
  [404, NOT_FOUND],
  [405, METHOD_NOT_ALLOWED],
  [413, TOO_LARGE],
  [415, UNSUPPORTED_MEDIA],
  [429, TOO_MANY],
]);

/** The refusal that an arbitrary error amounts to, or null when it is a fault of ours. */
export function toRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof HttpException) {
    const kind = byStatus.get(error.getStatus());
    return kind ? new Refusal(kind, { detail: error.message }) : null;
  }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    const kind = byStatus.get(error.statusCode);
    return kind ? new Refusal(kind, { detail: error.message }) : null;
  }
  return null;
}

export function renderProblem(refusal: Refusal | null, requestId: string): Problem {
  const kind = refusal?.kind ?? INTERNAL;
  return {
    type: `/problems/${kind.code}`,
    title: kind.title,
    status: kind.status,
    ...(refusal?.extras.detail === undefined ? {} : { detail: refusal.extras.detail }),
    ...(refusal?.extras.errors === undefined ? {} : { errors: refusal.extras.errors }),
    requestId,
  };
}
