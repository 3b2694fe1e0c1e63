import { applyDecorators, createParamDecorator, Post, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { languageOf } from '#http';
import { idempotencyOf } from '#idempotency';
import { ClockEventAnswer } from './event.dto.ts';
import type { Asked } from './event.service.ts';

/** Who asks for something to be done to a complaint, and how. */
export const AskedBy = createParamDecorator((_data: unknown, context: ExecutionContext): Asked => {
  const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
  if (!request.principal) throw new Error('@AskedBy() on a route without @Roles()');
  return {
    principal: request.principal,
    complaintId: request.params.id,
    idempotency: idempotencyOf(request),
    requestId: request.id,
    language: languageOf(request.headers['accept-language']),
  };
});

/** A route for one kind of event. */
export const Event = (name: string, operationId: string, summary: string): MethodDecorator =>
  applyDecorators(
    Post(name),
    ApiOperation({ operationId, summary: `${summary}. A refusal by rule is an answer (201) with its reason` }),
    ApiResponse({ status: 201, type: ClockEventAnswer, description: 'What came of it, and the complaint as it is now' }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' }),
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
  );
