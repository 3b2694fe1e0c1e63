import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isInstant, isLocalDate } from './formats.ts';
import { lazily, type LazyClass } from './lazily.ts';

export interface About {
  readonly description?: string;
  readonly example?: unknown;
  /** May be left out. */
  readonly optional?: boolean;
  /** May be null or left out. */
  readonly nullable?: boolean;
}

type ListAbout = About & { readonly maxItems?: number; readonly minItems?: number };

function field(about: About, schema: Record<string, unknown>, rules: readonly PropertyDecorator[]): PropertyDecorator {
  const { description, example, nullable } = about;
  const presence = nullable ? [IsOptional()] : about.optional ? [ValidateIf((_object, value) => value !== undefined)] : [];
  return applyDecorators(
    ApiProperty({
      ...schema,
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
      required: !(about.optional || nullable),
      ...(nullable ? { nullable: true } : {}),
    } as never),
    ...presence,
    ...rules,
  );
}

const rule = (name: string, check: (value: unknown) => boolean, message: string, each = false): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: check, defaultMessage: () => message } }, { each });

export function Text(about: About & { max?: number; min?: number } = {}): PropertyDecorator {
  const { max = 200, min = about.nullable || about.optional ? 0 : 1 } = about;
  return field(about, { type: 'string', maxLength: max }, [
    IsString({ message: 'must be text' }),
    MaxLength(max, { message: `must have at most ${max} characters` }),
    MinLength(min, { message: 'must not be empty' }),
  ]);
}

export function OneOf(values: readonly string[], about: About = {}): PropertyDecorator {
  return field(about, { type: 'string', enum: [...values] }, [IsIn([...values], { message: `must be one of ${values.join(', ')}` })]);
}

const textRules = (maxItems: number, max: number): PropertyDecorator[] => [
  IsArray({ message: 'must be a list of texts' }),
  ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} items` }),
  IsString({ each: true, message: 'must be a list of texts' }),
  MaxLength(max, { each: true, message: `each item must have at most ${max} characters` }),
  MinLength(1, { each: true, message: 'no item may be empty' }),
];

export function Texts(about: ListAbout = {}): PropertyDecorator {
  const { maxItems = 20 } = about;
  return field(about, { type: 'array', items: { type: 'string' }, maxItems }, textRules(maxItems, 200));
}

/** A text or a list of texts; read as a list. */
export function TextOrTexts(about: ListAbout & { max?: number } = {}): PropertyDecorator {
  const { maxItems = 20, max = 200 } = about;
  const text = { type: 'string', maxLength: max };
  return field(about, { oneOf: [text, { type: 'array', items: text, maxItems }] }, [
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value)),
    ArrayMinSize(1, { message: 'must not be empty' }),
    ...textRules(maxItems, max),
  ]);
}

export function ManyOf(values: readonly string[], about: ListAbout = {}): PropertyDecorator {
  return field(
    about,
    { type: 'array', items: { type: 'string', enum: [...values] }, minItems: about.minItems ?? 0, maxItems: about.maxItems ?? 20 },
    [
      IsArray({ message: `must be a list out of ${values.join(', ')}` }),
      ArrayMinSize(about.minItems ?? 0, { message: `must have at least ${about.minItems ?? 0} items` }),
      ArrayMaxSize(about.maxItems ?? 20, { message: `must have at most ${about.maxItems ?? 20} items` }),
      IsIn([...values], { each: true, message: `each item must be one of ${values.join(', ')}` }),
    ],
  );
}

export function Instant(about: About = {}): PropertyDecorator {
  return field({ example: '2026-11-21T21:59:59+08:00', ...about }, { type: 'string', format: 'date-time' }, [
    rule('instant', isInstant, 'must be an instant with its offset, such as 2026-11-21T21:59:59+08:00'),
  ]);
}

export function LocalDate(about: About = {}): PropertyDecorator {
  return field({ example: '2026-11-21', ...about }, { type: 'string', format: 'date' }, [
    rule('localDate', isLocalDate, 'must be a date of the calendar, such as 2026-11-21'),
  ]);
}

export function InstantOrDate(about: About = {}): PropertyDecorator {
  return field(about, { type: 'string' }, [
    rule(
      'instantOrDate',
      (value) => isInstant(value) || isLocalDate(value),
      'must be an instant with its offset, or a date such as 2026-11-21',
    ),
  ]);
}

export function TimeOfDay(about: About = {}): PropertyDecorator {
  return field({ example: '22:00', ...about }, { type: 'string' }, [
    IsString({ message: 'must be a time of day such as 22:00' }),
    Matches(/^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00(:00)?)$/, { message: 'must be a time of day such as 22:00' }),
  ]);
}

function isTimeZone(value: unknown): boolean {
  try {
    if (typeof value !== 'string' || value === '') return false;
    Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export function TimeZone(about: About = {}): PropertyDecorator {
  return field({ example: 'Asia/Shanghai', ...about }, { type: 'string' }, [
    rule('timeZone', isTimeZone, 'must be a time zone such as Asia/Shanghai'),
  ]);
}

export function TimeZones(about: ListAbout = {}): PropertyDecorator {
  const { maxItems = 20 } = about;
  return field({ example: ['America/New_York'], ...about }, { type: 'array', items: { type: 'string' }, maxItems }, [
    IsArray({ message: 'must be a list of time zones' }),
    ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} items` }),
    rule('timeZones', isTimeZone, 'each item must be a time zone such as America/New_York', true),
  ]);
}

export function Amount(about: About = {}): PropertyDecorator {
  return field({ example: '1234.50', ...about }, { type: 'string' }, [
    IsString({ message: 'must be an amount as text, such as "1234.50"' }),
    Matches(/^-?\d{1,15}(\.\d{1,4})?$/, { message: 'must be an amount as text, such as "1234.50"' }),
  ]);
}

export function Currency(about: About = {}): PropertyDecorator {
  return field({ example: 'CNY', ...about }, { type: 'string' }, [
    Matches(/^[A-Z]{3}$/, { message: 'must be a currency of ISO 4217, such as CNY' }),
  ]);
}

export function Whole(about: About & { min?: number; max?: number } = {}): PropertyDecorator {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = about;
  const message = `must be a whole number from ${min} to ${max}`;
  return field(about, { type: 'integer', minimum: min, maximum: max }, [
    // A query has text only. `Type(() => Number)` would take true, [3] and "" for numbers as well.
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value)),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  ]);
}

export function Flag(about: About = {}): PropertyDecorator {
  return field(about, { type: 'boolean' }, [IsBoolean({ message: 'must be true or false' })]);
}

/** A flag in a query, which has text only. */
export function QueryFlag(about: About = {}): PropertyDecorator {
  return applyDecorators(
    Flag(about),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
  );
}

/** An object whose keys are the caller's own. */
export function Free(about: About = {}): PropertyDecorator {
  return field(about, { type: 'object', additionalProperties: true }, [IsObject({ message: 'must be an object' })]);
}

/** Objects whose keys are the caller's own. */
export function FreeList(about: ListAbout = {}): PropertyDecorator {
  const { maxItems = 100 } = about;
  return field(about, { type: 'array', items: { type: 'object', additionalProperties: true }, maxItems }, [
    IsArray({ message: 'must be a list' }),
    ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} items` }),
    IsObject({ each: true, message: 'each item must be an object' }),
  ]);
}

export function Nested(type: LazyClass, about: About = {}): PropertyDecorator {
  return field(about, lazily(type), [IsObject({ message: 'must be an object' }), ValidateNested(), Type(type)]);
}

export function NestedList(type: LazyClass, about: ListAbout = {}): PropertyDecorator {
  const { maxItems = 1000, minItems = 0 } = about;
  return field(about, { ...lazily(type), isArray: true, maxItems, ...(minItems > 0 ? { minItems } : {}) }, [
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(minItems, { message: `must have at least ${minItems} items` }),
    ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} items` }),
    IsObject({ each: true, message: 'each item must be an object' }),
    ValidateNested({ each: true }),
    Type(type),
  ]);
}

/** The word "all", or an object of the type. */
export function AllOrNested(type: LazyClass, about: About = {}): PropertyDecorator {
  const given = (value: unknown): boolean => value !== undefined && value !== null && value !== 'all';
  return applyDecorators(
    // On the class: Nest does not look for further models on a property.
    (target: object) => ApiExtraModels(type())(target.constructor as never),
    ApiProperty({
      oneOf: [{ type: 'string', enum: ['all'] }, { $ref: getSchemaPath(type()) }, { type: 'null' }],
      description: about.description,
      required: false,
    }),
    ValidateIf((_object, value) => given(value)),
    IsObject({ message: 'must be "all" or an object' }),
    ValidateNested(),
    Type(type),
  );
}

/** A text, or an object of the type; a text is read as an object with that one field. */
export function TextOrNested(type: LazyClass, textField: string, about: About & { max?: number } = {}): PropertyDecorator {
  const { max = 200 } = about;
  return applyDecorators(
    (target: object) => ApiExtraModels(type())(target.constructor as never),
    ApiProperty({
      oneOf: [{ type: 'string', maxLength: max }, { $ref: getSchemaPath(type()) }, { type: 'null' }],
      description: about.description,
      required: false,
    }),
    IsOptional(),
    IsObject({ message: 'must be text or an object' }),
    ValidateNested(),
    Type(type),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? plainToInstance(type(), { [textField]: value }) : value)),
  );
}

/** Beside another rule: the value must not equal that of another field of the object. */
export function DiffersFrom(other: string, message: string): PropertyDecorator {
  return ValidateBy({
    name: 'differsFrom',
    validator: {
      validate: (value, args) =>
        value === undefined || value === null || value !== (args?.object as Record<string, unknown> | undefined)?.[other],
      defaultMessage: () => message,
    },
  });
}
