import { HttpException } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  METHOD_NOT_ALLOWED,
  NOT_FOUND,
  Refusal,
  TOO_LARGE,
  TOO_MANY,
  UNPARSABLE,
  UNSUPPORTED_MEDIA,
  type FieldError,
  type RefusalKind,
} from './refusal.ts';

export class ProblemField implements FieldError {
  @ApiProperty({ type: 'string', description: 'A JSON pointer into the request (RFC 6901)', example: '/facts/timeZone' })
  readonly pointer!: string;

  @ApiProperty({ type: 'string' })
  readonly detail!: string;

  @ApiProperty({ type: 'string', required: false, description: 'The instrument and article behind it', example: 'CC11 70' })
  readonly source?: string;
}

/** RFC 9457, as `application/problem+json`. */
export class Problem {
  @ApiProperty({ type: 'string', description: '`/problems/<code>`; never changes once published', example: '/problems/invalid' })
  readonly type!: string;

  @ApiProperty({ type: 'string' })
  readonly title!: string;

  @ApiProperty({ type: 'integer', example: 422 })
  readonly status!: number;

  @ApiProperty({ type: 'string', required: false })
  readonly detail?: string;

  @ApiProperty({ type: () => ProblemField, isArray: true, required: false })
  readonly errors?: readonly ProblemField[];

  @ApiProperty({ type: 'string', description: 'Also the header `X-Request-Id`; finds the request in our logs' })
  readonly requestId!: string;
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
