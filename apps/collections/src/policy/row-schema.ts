import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { PACK_SCHEMA } from '#contact-rules';
import type { FieldError } from '#problem';
import { isLocalDate } from '#wire';

const MOST_ERRORS = 50;

const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, strictTypes: false, strictRequired: false });
ajv.addSchema(PACK_SCHEMA, 'pack');
const refs = { pack: '#', rules: '#/$defs/ownRules', adjust: '#/$defs/adjustments' } as const;

// Compiled when first used, and kept by ajv: a service that starts waits for none of it.
const compiled = (what: keyof typeof refs) => ajv.getSchema(`pack${refs[what]}`) ?? ajv.compile({ $ref: `pack${refs[what]}` });

const shown = (value: unknown): string => (value === null ? 'null' : typeof value === 'string' ? value : JSON.stringify(value));

/** What the schema says of the place, without its full stop. */
function describedAs({ parentSchema }: ErrorObject): string {
  const description: unknown = parentSchema?.['description'];
  return typeof description === 'string' ? ` (${description.replace(/\.$/, '')})` : '';
}

function detailOf(error: ErrorObject): string {
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
      return 'this field is not known here; leave it out';
    case 'required':
      return 'is missing';
    case 'enum': {
      const allowed = Array.isArray(params['allowedValues']) ? params['allowedValues'] : [];
      return `must be one of ${allowed.map(shown).join(', ')}`;
    }
    case 'const':
      return `must be ${shown(params['allowedValue'])}`;
    case 'type':
      return `must be of type ${shown(params['type'])}${describedAs(error)}`;
    case 'pattern':
      return `is not written as it should be${describedAs(error)}`;
    case 'anyOf':
      return `is none of the forms that are known here${describedAs(error)}`;
    case 'false schema':
      return 'is for packs only; leave it out';
    default:
      return `${error.message ?? 'is not valid'}${describedAs(error)}`;
  }
}

/** Where something is missing or too much, the pointer names that very field. */
function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  const names: Readonly<Record<string, unknown>> = params;
  const field =
    keyword === 'required' ? names['missingProperty'] : keyword === 'additionalProperties' ? names['additionalProperty'] : undefined;
  return typeof field === 'string' ? `${instancePath}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}` : instancePath;
}

function toFieldErrors(errors: readonly ErrorObject[], root: string): FieldError[] {
  // An anyOf tells of each of its forms why it is not that; one sentence does.
  const forms = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath);
  const inForm = (error: ErrorObject): boolean =>
    error.keyword !== 'anyOf' && forms.some((path) => error.instancePath === path || error.instancePath.startsWith(`${path}/`));
  const found = new Map<string, FieldError>();
  for (const error of errors) {
    if (error.keyword === 'if' || inForm(error)) continue;
    const pointer = `${root}${pointerOf(error)}`;
    const detail = detailOf(error);
    found.set(`${pointer} ${detail}`, { pointer, detail });
  }
  return [...found.values()].slice(0, MOST_ERRORS);
}

interface Visited {
  readonly pointer: string;
  readonly value: unknown;
}

const DATES = new Set(['effectiveFrom', 'effectiveTo', 'from', 'to']);

function* everyObject({ pointer, value }: Visited): Generator<{ pointer: string; object: Readonly<Record<string, unknown>> }> {
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  if (!Array.isArray(value)) yield { pointer, object: Object.fromEntries(entries) };
  for (const [key, inner] of entries)
    yield* everyObject({ pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, value: inner });
}

/** What a schema cannot say: dates that the calendar does not have, ends before their beginnings, windows that are nothing or everything. */
function calendarErrors(value: unknown, root: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const { pointer, object } of everyObject({ pointer: root, value })) {
    for (const [key, text] of Object.entries(object)) {
      if (DATES.has(key) && typeof text === 'string' && /^\d{4}-/.test(text) && !isLocalDate(text))
        errors.push({ pointer: `${pointer}/${key}`, detail: 'is no date of the calendar' });
    }
    for (const [first, last] of [
      ['from', 'to'],
      ['effectiveFrom', 'effectiveTo'],
    ] as const) {
      const [from, to] = [object[first], object[last]];
      if (typeof from !== 'string' || typeof to !== 'string') continue;
      if (from.includes('-') && to < from) errors.push({ pointer: `${pointer}/${last}`, detail: `is before ${first}` });
      if (from.includes(':') && from === to)
        errors.push({ pointer: `${pointer}/${last}`, detail: 'equals from; for the whole day write 00:00 to 24:00' });
    }
  }
  return errors;
}

function validate(what: keyof typeof refs, value: unknown, root: string): FieldError[] {
  const check = compiled(what);
  return check(value) ? calendarErrors(value, root).slice(0, MOST_ERRORS) : toFieldErrors(check.errors ?? [], root);
}

/** A whole pack against the published schema; empty: it is one. */
export const validatePack = (pack: unknown): FieldError[] => validate('pack', pack, '');

/** An institution's own rules; pointers begin with `root`. What they may say is the schema's matter, what they may loosen that of checkNotLooser. */
export const validateRows = (rows: unknown, root = '/rules'): FieldError[] => validate('rules', rows, root);

/** Adjustments by ruleId. */
export const validateAdjust = (adjust: unknown, root = '/adjust'): FieldError[] => validate('adjust', adjust, root);
