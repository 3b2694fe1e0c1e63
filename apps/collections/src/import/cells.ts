import type { RowFault } from '#imports';

/** What must hold of a row, the column that is to blame, and what to say when it does not. */
export type Check<Name extends string> = readonly [Name, boolean, code: string, detail: string];

const LONGEST = 200;
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001F\u007F]/;

/** The cells of a row by the name of their column. */
export function cellsOf<Name extends string>(names: readonly Name[], values: readonly string[]): (name: Name) => string {
  const cells = new Map(names.map((name, at) => [name, (values[at] ?? '').trim()]));
  return (name) => cells.get(name) ?? '';
}

export const columnsOf = <Name extends string>(names: readonly Name[], mayBeLeftOut: ReadonlySet<Name>) =>
  names.map((name) => ({ name, required: !mayBeLeftOut.has(name) }));

/** What holds of every kind of row: what is needed is there, and every cell is one short line. */
export function usualChecks<Name extends string>(
  names: readonly Name[],
  mayBeLeftOut: ReadonlySet<Name>,
  get: (name: Name) => string,
  longest: (name: Name) => number = () => LONGEST,
): Check<Name>[] {
  const needed = names.filter((name) => !mayBeLeftOut.has(name));
  return [
    ...needed.map((name): Check<Name> => [name, get(name) !== '', 'required', 'must not be empty']),
    ...names.map((name): Check<Name> => [
      name,
      get(name).length <= longest(name),
      'too-long',
      `must have at most ${longest(name)} characters`,
    ]),
    // Nothing that is written on one line has them, and one of them parts our keys.
    ...names.map((name): Check<Name> => [name, !CONTROL.test(get(name)), 'control-character', 'must not hold control characters']),
  ];
}

export const ownInstitution = (given: string, institutionId: string): Check<'institutionId'> => [
  'institutionId',
  ['', institutionId].includes(given),
  'other-institution',
  'must be your own institution or empty',
];

export const oneOf = (allowed: readonly string[]): string => `must be one of ${allowed.join(', ')}`;

/** The first check that does not hold. */
export function firstFault<Name extends string>(row: number, checks: readonly Check<Name>[]): RowFault | null {
  const broken = checks.find(([, holds]) => !holds);
  return broken ? { row, column: broken[0], code: broken[2], detail: `${broken[0]} ${broken[3]}` } : null;
}
