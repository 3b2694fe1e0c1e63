import { ApiProperty } from '@nestjs/swagger';
import { lazily, type LazyClass } from './lazily.ts';

export interface ShownAbout {
  readonly description?: string;
  readonly example?: unknown;
  /** Is null where there is nothing to say. */
  readonly nullable?: boolean;
  /** Is left out where it does not apply. */
  readonly optional?: boolean;
}

type Schema = Readonly<Record<string, unknown>>;

function field(schema: Schema, { optional, ...about }: ShownAbout): PropertyDecorator {
  return ApiProperty({ ...schema, ...about, required: !optional } as never);
}

/** The fields of an answer, for OpenAPI alone: nobody validates what we say, and a null field is there all the same. */
export const Shown = {
  text: (about: ShownAbout = {}) => field({ type: 'string' }, about),
  uuid: (about: ShownAbout = {}) => field({ type: 'string', format: 'uuid' }, about),
  oneOf: (values: readonly string[], about: ShownAbout = {}) => field({ type: 'string', enum: [...values] }, about),
  texts: (about: ShownAbout = {}) => field({ type: 'array', items: { type: 'string' } }, about),
  manyOf: (values: readonly string[], about: ShownAbout = {}) =>
    field({ type: 'array', items: { type: 'string', enum: [...values] } }, about),
  instant: (about: ShownAbout = {}) => field({ type: 'string', format: 'date-time' }, about),
  localDate: (about: ShownAbout = {}) => field({ type: 'string', format: 'date' }, about),
  whole: (about: ShownAbout = {}) => field({ type: 'integer' }, about),
  wholes: (about: ShownAbout = {}) => field({ type: 'array', items: { type: 'integer' } }, about),
  number: (about: ShownAbout = {}) => field({ type: 'number' }, about),
  flag: (about: ShownAbout = {}) => field({ type: 'boolean' }, about),
  free: (about: ShownAbout = {}) => field({ type: 'object', additionalProperties: true }, about),
  /** Objects whose keys are not fixed. */
  frees: (about: ShownAbout = {}) => field({ type: 'array', items: { type: 'object', additionalProperties: true } }, about),
  /** The word "all", or an object. */
  allOrFree: (about: ShownAbout = {}) =>
    field(
      {
        oneOf: [
          { type: 'string', enum: ['all'] },
          { type: 'object', additionalProperties: true },
        ],
      },
      about,
    ),
  nested: (type: LazyClass, about: ShownAbout = {}) => field(lazily(type), about),
  list: (type: LazyClass, about: ShownAbout = {}) => field({ ...lazily(type), isArray: true }, about),
} as const;
