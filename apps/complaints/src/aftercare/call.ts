import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { languageOf } from '#http';
import { idempotencyOf } from '#idempotency';
import type { Call } from './aftercare.desk.ts';

/** How the request came, as a parameter of a controller's method. */
export const ThisCall = createParamDecorator((_data: unknown, context: ExecutionContext): Call => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { idempotency: idempotencyOf(request), requestId: request.id, language: languageOf(request.headers['accept-language']) };
});
