import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { INVALID, NOT_FOUND, Refusal, UNSUPPORTED_MEDIA, type FieldError } from '#problem';

// Nothing in any contract is nested deeper; what validates and hashes bodies calls itself once per level.
const DEEPEST = 32;
// The longest list of any contract has half as many; the validators look at each item several times before they count.
const LONGEST = 20_000;
const ERRORS_SHOWN = 20;

// PostgreSQL keeps neither, and a lone surrogate is no character.
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

const JSON_TYPE = /^application\/json\s*(;|$)/i;

const escapePointer = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

/** What no field of any request may hold, whatever its type: NUL characters, lone surrogates, endless nesting, endless lists. */
export function uncleanFields(input: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const waiting: { value: unknown; pointer: string; depth: number }[] = [{ value: input, pointer: '', depth: 0 }];
  for (let next = waiting.pop(); next && errors.length < ERRORS_SHOWN; next = waiting.pop()) {
    const { value, pointer, depth } = next;
    if (typeof value === 'string') {
      if (!isStorable(value)) errors.push({ pointer, detail: 'holds a NUL character or half a surrogate pair; leave it out' });
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= DEEPEST) {
        errors.push({ pointer: pointer.slice(0, 200), detail: `is nested deeper than ${DEEPEST} levels` });
        continue;
      }
      if (Array.isArray(value) && value.length > LONGEST) {
        errors.push({ pointer, detail: `has more than ${LONGEST} items` });
        continue;
      }
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorable(key)) errors.push({ pointer, detail: 'has a field whose name holds a NUL character or half a surrogate pair' });
        // Every object has these, so a whitelist does not see them.
        else if (Object.hasOwn(Object.prototype, key))
          errors.push({ pointer: `${pointer}/${key}`, detail: 'this field is not known here; leave it out' });
        // Numbers need no look; not queueing them keeps large lists cheap.
        else if (typeof inner === 'string' || typeof inner === 'object')
          waiting.push({ value: inner, pointer: `${pointer}/${escapePointer(key)}`, depth: depth + 1 });
      }
    }
  }
  return errors;
}

/** Refuses, once the role is known and before any pipe looks: UNSUPPORTED_MEDIA for what is no JSON where JSON is read, INVALID for body and query, NOT_FOUND for ids in the path. */
@Injectable()
export class CleanInput implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { params, query, body, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const consumes: unknown = Reflect.getMetadata('swagger/apiConsumes', context.getHandler());
    // Fastify also takes plain text and forms, where nothing of ours reads them.
    if (consumes === undefined && headers['content-type'] !== undefined && !JSON_TYPE.test(headers['content-type']))
      throw new Refusal(UNSUPPORTED_MEDIA, { detail: 'Send application/json.' });
    if (uncleanFields(params).length > 0) throw new Refusal(NOT_FOUND, { detail: 'No id has such characters.' });
    const errors = [...uncleanFields(query), ...uncleanFields(body)];
    if (errors.length > 0) throw new Refusal(INVALID, { errors });
    return next.handle();
  }
}
