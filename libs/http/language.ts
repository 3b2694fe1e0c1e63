import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

/** `Accept-Language`: the first of zh and en that it names; Chinese when it names neither. */
export function languageOf(header: string | undefined): 'zh' | 'en' {
  const named = (header ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'zh' || tag === 'en');
  return named === 'en' ? 'en' : 'zh';
}

export const Lang = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  languageOf(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
);

/** For controllers that use `@Lang()`. */
export const languageHeader = ApiHeader({
  name: 'Accept-Language',
  required: false,
  description: 'The language of messages: zh (when left out) or en',
});
