import { findPack, PACK_NAMES, type Adjustment, type Pack } from '#contact-rules';
import type { FieldError } from '#problem';
import { packOf, type PolicyContent } from './content.ts';

/** A draft as it is sent: the version of a pack may be left out, then it is the newest. */
export interface StatedContent {
  readonly packs: readonly { readonly pack: string; readonly version?: number | null }[];
  readonly adjust: Readonly<Record<string, unknown>>;
  readonly rules: readonly unknown[];
}

const TIME = /^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00(:00)?)$/;
const isWhole = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const escapePointer = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

interface Field {
  /** The kind of rule that has it; null: every kind. */
  readonly kind: string | null;
  readonly allows: (value: unknown) => boolean;
  readonly must: string;
}

const isWindow = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).every((key) => key === 'from' || key === 'to') &&
  [value['from'], value['to']].every((time) => typeof time === 'string' && TIME.test(time)) &&
  value['from'] !== value['to'];

const FIELDS: Readonly<Record<keyof Adjustment, Field>> = {
  cap: { kind: 'counter', allows: (value) => isWhole(value, 0, 10_000), must: 'must be a whole number from 0 to 10000' },
  refused: { kind: 'time-window', allows: isWindow, must: 'must be { "from": "22:00", "to": "08:00" }, two different times of day' },
  severity: { kind: null, allows: (value) => value === 'block' || value === 'warn', must: 'must be block or warn' },
  off: { kind: null, allows: (value) => value === true, must: 'must be true, or be left out' },
  minCollectors: { kind: 'visit', allows: (value) => isWhole(value, 1, 20), must: 'must be a whole number from 1 to 20' },
};
const isField = (name: string): name is keyof Adjustment => Object.hasOwn(FIELDS, name);

function packErrors(packs: StatedContent['packs']): FieldError[] {
  return packs.flatMap(({ pack, version }, index): FieldError[] => {
    if (!PACK_NAMES.includes(pack)) return [{ pointer: `/packs/${index}/pack`, detail: `must be one of ${PACK_NAMES.join(', ')}` }];
    if (packs.findIndex((other) => other.pack === pack) < index)
      return [{ pointer: `/packs/${index}/pack`, detail: 'is in the list before; name each pack once' }];
    if (version === undefined || version === null || findPack(pack, version)) return [];
    return [
      {
        pointer: `/packs/${index}/version`,
        detail: `there is no such version; the newest is ${packOf(pack).version}, taken when it is left out`,
      },
    ];
  });
}

function adjustmentErrors(ruleId: string, value: unknown, packs: readonly Pack[]): FieldError[] {
  const pointer = `/adjust/${escapePointer(ruleId)}`;
  const rows = packs.flatMap(({ rules }) => rules.filter((row) => row.ruleId === ruleId));
  if (rows.length === 0) {
    const known = [...new Set(packs.flatMap(({ rules }) => rules.map((row) => row.ruleId)))].join(', ');
    return [{ pointer, detail: `is no rule of the packs; theirs are ${known}` }];
  }
  if (!isObject(value) || Object.keys(value).length === 0)
    return [{ pointer, detail: `must be an object with one or more of ${Object.keys(FIELDS).join(', ')}` }];
  return Object.entries(value).flatMap(([name, given]): FieldError[] => {
    const at = `${pointer}/${escapePointer(name)}`;
    if (!isField(name)) return [{ pointer: at, detail: `this field is not known here; known are ${Object.keys(FIELDS).join(', ')}` }];
    const { kind, allows, must } = FIELDS[name];
    if (!allows(given)) return [{ pointer: at, detail: must }];
    if (kind !== null && !rows.some((row) => row.kind === kind))
      return [{ pointer: at, detail: `a rule of kind ${rows[0]?.kind} has none` }];
    return [];
  });
}

/** What is wrong with the form of a draft, whatever it would permit. */
export function contentErrors({ packs, adjust, rules }: StatedContent): FieldError[] {
  const wrongPacks = packErrors(packs);
  // Without the packs nobody knows their rules.
  if (wrongPacks.length > 0) return wrongPacks;
  const stacked = packs.map(({ pack, version }) => packOf(pack, version ?? undefined));
  return [
    ...Object.entries(adjust).flatMap(([ruleId, value]) => adjustmentErrors(ruleId, value, stacked)),
    ...rules.flatMap((rule, index) =>
      isObject(rule) && typeof rule['ruleId'] === 'string' && typeof rule['kind'] === 'string'
        ? []
        : [{ pointer: `/rules/${index}`, detail: 'must be a row of a pack' }],
    ),
  ];
}

/** The content that a draft without errors states, each pack in one version. */
export const contentOf = ({ packs, adjust, rules }: StatedContent): PolicyContent => ({
  packs: packs.map(({ pack, version }) => ({ pack, version: version ?? packOf(pack).version })),
  adjust: adjust as PolicyContent['adjust'],
  // The schema has said that they are.
  rules: rules as PolicyContent['rules'],
});
