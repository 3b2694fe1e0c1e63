import type { Problem } from '../api/problem.ts';

// A problem's pointers say where in the request something is wrong; a form says it at the field.

export type FieldPath = (string | number)[];

/** RFC 6901: `/against/agencyId` is `['against', 'agencyId']`, `/requests/0` is `['requests', 0]`. */
export function pathOf(pointer: string): FieldPath {
  if (!pointer.startsWith('/')) return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export interface PlacedErrors {
  readonly fields: readonly { readonly name: FieldPath; readonly errors: string[] }[];
  /** What no field of the form stands for. */
  readonly rest: readonly string[];
}

const same = (a: FieldPath, b: FieldPath): boolean => a.length === b.length && a.every((part, index) => part === b[index]);

/** Each error at the nearest field that the form has: its own, else one that holds it. */
export function placeErrors({ errors }: Pick<Problem, 'errors'>, known: readonly FieldPath[]): PlacedErrors {
  const fields = new Map<string, { name: FieldPath; errors: string[] }>();
  const rest: string[] = [];
  for (const { pointer, detail } of errors) {
    const path = pathOf(pointer);
    const lengths = Array.from({ length: path.length }, (_, index) => path.length - index);
    const name = lengths.map((length) => path.slice(0, length)).find((part) => known.some((field) => same(field, part)));
    if (name === undefined) {
      rest.push(pointer === '' ? detail : `${pointer}: ${detail}`);
      continue;
    }
    const key = JSON.stringify(name);
    const placed = fields.get(key) ?? { name, errors: [] };
    placed.errors.push(detail);
    fields.set(key, placed);
  }
  return { fields: [...fields.values()], rest };
}
