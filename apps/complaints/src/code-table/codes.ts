import type { FieldError } from '#problem';
import { isLocalDate } from '#wire';
import ours from './codes.json' with { type: 'json' };

/** The three of JR/T 0169-2018, and the five areas of the convention (HLJ). */
export const DIMENSIONS = ['channel', 'business', 'cause', 'area'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The areas are those of the convention: an institution may word them, and has no others. */
export const AREAS = ['issuing', 'marketing', 'card-use', 'collection', 'complaint-handling'] as const;
export type Area = (typeof AREAS)[number];

export interface Code {
  readonly dimension: Dimension;
  readonly code: string;
  readonly parent: string | null;
  readonly zh: string;
  readonly en: string;
  /** From this local date on it may be given. */
  readonly validFrom: string;
}

const ALWAYS = '2018-01-01';
export const MOST_CODES = 2000;
const LONGEST_NAME = 100;
const SOURCE = 'JR/T 0169-2018';

const asDimension = (text: string): Dimension => DIMENSIONS.find((dimension) => dimension === text) ?? 'cause';

/** The product's own table, version 0: its own wording, no copy of the standard. */
export const OUR_CODES: readonly Code[] = ours.map(({ dimension, ...code }) => ({
  ...code,
  dimension: asDimension(dimension),
  validFrom: ALWAYS,
}));

export const isArea = (text: string): text is Area => (AREAS as readonly string[]).includes(text);

/** What was loaded, with our words for the areas where it has none. */
export const withAreas = (codes: readonly Code[]): readonly Code[] =>
  codes.some(({ dimension }) => dimension === 'area') ? codes : [...codes, ...OUR_CODES.filter(({ dimension }) => dimension === 'area')];

const keyOf = ({ dimension, code }: Pick<Code, 'dimension' | 'code'>): string => `${dimension} ${code}`;

/** The codes above one, the nearest first; ends where it meets itself. */
function above(byKey: ReadonlyMap<string, Code>, code: Code): Code[] {
  const path: Code[] = [];
  let parent = code.parent === null ? undefined : byKey.get(keyOf({ dimension: code.dimension, code: code.parent }));
  while (parent && !path.includes(parent)) {
    path.push(parent);
    parent = parent.parent === null ? undefined : byKey.get(keyOf({ dimension: parent.dimension, code: parent.parent }));
  }
  return path;
}

function faultsOf(code: Code, at: (field: string) => string, byKey: ReadonlyMap<string, Code>): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (field: string, detail: string, source?: string): void =>
    void errors.push({ pointer: at(field), detail, ...(source ? { source } : {}) });
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(code.code))
    wrong('code', 'must have 1 to 64 letters, digits, points, dashes or underscores, beginning with a letter or digit');
  for (const language of ['zh', 'en'] as const) {
    const name = code[language];
    if (name.trim() === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name))
      wrong(language, `must have 1 to ${LONGEST_NAME} characters, on one line`);
  }
  if (!isLocalDate(code.validFrom)) wrong('validFrom', 'must be a date such as 2026-11-21');
  if (code.dimension === 'area' && !isArea(code.code)) wrong('code', `must be one of the five areas: ${AREAS.join(', ')}`, 'HLJ');
  if (code.dimension === 'area' && code.parent !== null) wrong('parent', 'the areas have no parents: leave it empty');
  if (code.parent !== null && !byKey.has(keyOf({ dimension: code.dimension, code: code.parent })))
    wrong('parent', `there is no code ${code.parent} in this dimension: load it as well, or leave the parent empty`);
  if (above(byKey, code).includes(code)) wrong('parent', 'is below this code itself');
  return errors;
}

/** What is wrong with a table; empty: nothing. `at` says where a field of the nth code stands. */
export function checkCodes(codes: readonly Code[], at: (index: number, field: string) => string): FieldError[] {
  if (codes.length > MOST_CODES) return [{ pointer: '/codes', detail: `has ${codes.length} codes; at most ${MOST_CODES}` }];
  const byKey = new Map(codes.map((code) => [keyOf(code), code]));
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, code] of codes.entries()) {
    errors.push(...faultsOf(code, (field) => at(index, field), byKey));
    if (seen.has(keyOf(code))) errors.push({ pointer: at(index, 'code'), detail: `${code.code} is in this dimension twice` });
    seen.add(keyOf(code));
  }
  for (const dimension of ['channel', 'business', 'cause'] as const)
    if (!codes.some((code) => code.dimension === dimension))
      errors.push({ pointer: '/codes', detail: `has no code of the dimension ${dimension}`, source: SOURCE });
  const areas = new Set(codes.flatMap(({ dimension, code }) => (dimension === 'area' ? [code] : [])));
  const missing = AREAS.filter((area) => !areas.has(area));
  if (missing.length > 0) errors.push({ pointer: '/codes', detail: `the areas ${missing.join(', ')} are missing`, source: 'HLJ' });
  return errors.slice(0, 100);
}

export interface CodeChange {
  readonly dimension: Dimension;
  readonly code: string;
  readonly change: 'added' | 'changed' | 'withdrawn';
  readonly before: Code | null;
  readonly after: Code | null;
}

const same = (a: Code, b: Code): boolean => a.parent === b.parent && a.zh === b.zh && a.en === b.en && a.validFrom === b.validFrom;

/** What becomes different from one table to another, in the order of the second, withdrawn ones last. */
export function diffCodes(before: readonly Code[], after: readonly Code[]): CodeChange[] {
  const [old, fresh] = [new Map(before.map((code) => [keyOf(code), code])), new Set(after.map(keyOf))];
  const changes = after.flatMap((code): CodeChange[] => {
    const was = old.get(keyOf(code)) ?? null;
    if (was && same(was, code)) return [];
    return [{ dimension: code.dimension, code: code.code, change: was ? 'changed' : 'added', before: was, after: code }];
  });
  const gone = before.filter((code) => !fresh.has(keyOf(code)));
  return [
    ...changes,
    ...gone.map((code): CodeChange => ({ dimension: code.dimension, code: code.code, change: 'withdrawn', before: code, after: null })),
  ];
}
