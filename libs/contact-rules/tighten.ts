import { parseTimeOfDay, type Pack, type PackRow } from './pack.ts';
import type { Severity } from './types.ts';
import { coversWindow, isTimeOfDay } from './time-set.ts';
import { sayWindow } from './words/times.ts';
import { isKind, KINDS, titleOf, titleOfKind } from './words/titles.ts';
import { text, type Text } from './words/text.ts';

/** What an institution changes at a row, in every stacked pack that has the row. */
export interface Adjustment {
  /** kind counter */
  readonly cap?: number;
  /** kind time-window: wall-clock times `HH:MM[:SS]` */
  readonly refused?: { readonly from: string; readonly to: string };
  readonly severity?: Severity;
  /** Only where no instrument gives the number (`tenantValue`). */
  readonly off?: true;
  /** kind visit */
  readonly minCollectors?: number;
}

/** An institution's own layer: what a version of its policy holds besides the packs. */
export interface InstitutionRules {
  /** By ruleId. */
  readonly adjust: Readonly<Record<string, Adjustment>>;
  /** Rows of the known kinds; their ids begin with OWN_PREFIX. */
  readonly rules: readonly PackRow[];
}

export const NO_RULES: InstitutionRules = { adjust: {}, rules: [] };
export const OWN_PREFIX = 'own-';
/** The name under which an institution's own rules stand beside the packs. */
export const INSTITUTION = 'institution';

export type LoosenessCode =
  | 'cap-raised'
  | 'window-narrowed'
  | 'block-to-warn'
  | 'switched-off'
  | 'fewer-collectors'
  | 'unknown-rule'
  | 'not-adjustable'
  | 'unreadable'
  | 'unknown-kind'
  | 'no-own-prefix'
  | 'id-of-a-pack'
  | 'repeated-id';

/** Where rules of an institution are looser than a pack, or cannot be read as tightening at all. */
export interface Looseness {
  /** JSON pointer into `{ adjust, rules }` (RFC 6901). */
  readonly pointer: string;
  readonly ruleId: string;
  /** Null where no single pack is concerned. */
  readonly pack: string | null;
  readonly code: LoosenessCode;
  readonly text: Text;
}

/** The row as the institution changes it; null: switched off. Says nothing about whether it may: see checkNotLooser. */
export function adjustRow(row: PackRow, { cap, refused, severity, off, minCollectors }: Adjustment): PackRow | null {
  if (off) return null;
  const same = severity === undefined ? row : { ...row, severity };
  if (same.kind === 'counter' && cap !== undefined) return { ...same, params: { ...same.params, cap } };
  if (same.kind === 'time-window' && refused !== undefined) return { ...same, params: { ...same.params, refused } };
  if (same.kind === 'visit' && minCollectors !== undefined) return { ...same, params: { ...same.params, minCollectors } };
  return same;
}

/** The adjustment of a rule; `constructor` and the like are nobody's. */
export const adjustmentOf = ({ adjust }: InstitutionRules, ruleId: string): Adjustment | null =>
  Object.hasOwn(adjust, ruleId) ? (adjust[ruleId] ?? null) : null;

const escapePointer = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

interface Found {
  readonly field: keyof Adjustment | null;
  readonly code: LoosenessCode;
  readonly text: Text;
}

const nameOf = (row: PackRow): Text => row.title ?? titleOf(row.ruleId) ?? titleOfKind(row.kind);

const ADJUSTABLE: Readonly<Partial<Record<keyof Adjustment, PackRow['kind']>>> = {
  cap: 'counter',
  refused: 'time-window',
  minCollectors: 'visit',
};

/** A cap for a row that has none would be left out in silence, and somebody would believe in it. */
function misplaced(row: PackRow, change: Adjustment): Found[] {
  const fields = ['cap', 'refused', 'minCollectors'] as const;
  return fields
    .filter((field) => change[field] !== undefined && ADJUSTABLE[field] !== row.kind)
    .map((field) => ({
      field,
      code: 'not-adjustable',
      text: text(`“${nameOf(row).zh}”没有可以这样调整的数值（${field}）。`, `“${nameOf(row).en}” has nothing that ${field} could change.`),
    }));
}

function loosenedNumbers(row: PackRow, { cap, minCollectors }: Adjustment): Found[] {
  const found: Found[] = [];
  if (row.kind === 'counter' && cap !== undefined && cap > row.params.cap && !row.tenantValue)
    found.push({
      field: 'cap',
      code: 'cap-raised',
      text: text(
        `“${nameOf(row).zh}”的上限是 ${row.params.cap} 次，不得提高到 ${cap} 次；可以相同或更低。`,
        `The cap of “${nameOf(row).en}” is ${row.params.cap} and cannot be raised to ${cap}; set the same or less.`,
      ),
    });
  if (row.kind === 'visit' && minCollectors !== undefined && minCollectors < row.params.minCollectors)
    found.push({
      field: 'minCollectors',
      code: 'fewer-collectors',
      text: text(
        `“${nameOf(row).zh}”要求不少于 ${row.params.minCollectors} 人，不得减为 ${minCollectors} 人。`,
        `“${nameOf(row).en}” asks for ${row.params.minCollectors} collectors and cannot be lowered to ${minCollectors}.`,
      ),
    });
  return found;
}

function loosenedWindow(row: PackRow, { refused }: Adjustment): Found[] {
  if (row.kind !== 'time-window' || refused === undefined) return [];
  if (!isTimeOfDay(refused.from) || !isTimeOfDay(refused.to))
    return [{ field: 'refused', code: 'unreadable', text: text('时刻须写作 22:00 这样的形式。', 'Times of day are written like 22:00.') }];
  const wide = { from: parseTimeOfDay(refused.from), to: parseTimeOfDay(refused.to) };
  const asked = { from: parseTimeOfDay(row.params.refused.from), to: parseTimeOfDay(row.params.refused.to) };
  if (coversWindow(wide, asked)) return [];
  const [is, was] = [sayWindow(refused), sayWindow(row.params.refused)];
  return [
    {
      field: 'refused',
      code: 'window-narrowed',
      text: text(
        `“${nameOf(row).zh}”是 ${was.zh}；${is.zh} 没有全部包括在内。只能相同或更宽。`,
        `“${nameOf(row).en}” is ${was.en}; ${is.en} leaves part of that out. Set the same hours or more.`,
      ),
    },
  ];
}

function loosenedWeight(row: PackRow, { severity, off }: Adjustment): Found[] {
  const name = nameOf(row);
  const found: Found[] = [];
  if (off && !row.tenantValue)
    found.push({
      field: 'off',
      code: 'switched-off',
      text: text(
        `“${name.zh}”不得停用；只有规范文件未定数值的规则才可以。`,
        `“${name.en}” cannot be switched off; only a rule whose number no instrument gives can.`,
      ),
    });
  if (severity === 'warn' && row.severity === 'block' && !row.tenantValue && !row.mayWarn)
    found.push({
      field: 'severity',
      code: 'block-to-warn',
      text: text(`“${name.zh}”是拒绝，不得改为提示。`, `“${name.en}” blocks and cannot be made a warning.`),
    });
  return found;
}

function checkAdjustment(packs: readonly Pack[], ruleId: string, change: Adjustment): Looseness[] {
  const pointer = `/adjust/${escapePointer(ruleId)}`;
  const rows = packs.flatMap(({ pack, rules }) => rules.filter((row) => row.ruleId === ruleId).map((row) => ({ pack, row })));
  if (rows.length === 0) {
    const names = packs.map(({ pack }) => pack).join(', ');
    const reason = text(`所选规则包（${names}）中没有规则 ${ruleId}。`, `None of the packs (${names}) has a rule ${ruleId}.`);
    return [{ pointer, ruleId, pack: null, code: 'unknown-rule', text: reason }];
  }
  return rows.flatMap(({ pack, row }) =>
    [...misplaced(row, change), ...loosenedNumbers(row, change), ...loosenedWindow(row, change), ...loosenedWeight(row, change)].map(
      (found) => ({
        pointer: found.field === null ? pointer : `${pointer}/${found.field}`,
        ruleId,
        pack,
        code: found.code,
        text: text(`${found.text.zh}（规则包 ${pack}）`, `${found.text.en} (pack ${pack})`),
      }),
    ),
  );
}

/** An own rule can only refuse or warn, so it is never looser; but it must be a rule, and be told apart from those of the packs. */
function checkOwnRules(packs: readonly Pack[], rules: readonly PackRow[]): Looseness[] {
  const taken = new Map(packs.flatMap(({ pack, rules: rows }) => rows.map(({ ruleId }) => [ruleId, pack])));
  const seen = new Set<string>();
  return rules.flatMap(({ ruleId, kind }, index) => {
    const at = `/rules/${index}`;
    const found = (field: string, code: LoosenessCode, reason: Text, pack: string | null = null): Looseness => ({
      pointer: `${at}/${field}`,
      ruleId,
      pack,
      code,
      text: reason,
    });
    const pack = taken.get(ruleId);
    const repeated = seen.has(ruleId);
    seen.add(ruleId);
    return [
      ...(isKind(kind)
        ? []
        : [
            found(
              'kind',
              'unknown-kind',
              text(
                `没有 ${String(kind)} 这种规则；可用的有 ${KINDS.join('、')}。`,
                `There is no kind ${String(kind)}; known are ${KINDS.join(', ')}.`,
              ),
            ),
          ]),
      ...(pack === undefined
        ? []
        : [
            found(
              'ruleId',
              'id-of-a-pack',
              text(
                `${ruleId} 是规则包 ${pack} 的规则，自设规则须另取名。`,
                `${ruleId} is a rule of the pack ${pack}; give your own rule another id.`,
              ),
              pack,
            ),
          ]),
      ...(ruleId.startsWith(OWN_PREFIX)
        ? []
        : [
            found(
              'ruleId',
              'no-own-prefix',
              text(`自设规则的标识须以 ${OWN_PREFIX} 开头。`, `The id of an own rule begins with ${OWN_PREFIX}.`),
            ),
          ]),
      ...(repeated ? [found('ruleId', 'repeated-id', text(`标识 ${ruleId} 重复。`, `The id ${ruleId} is used twice.`))] : []),
    ];
  });
}

/** Whether an institution's rules are nowhere looser than any of the packs; empty: they may be published. Pure, and complete: every fault is listed. */
export function checkNotLooser(packs: readonly Pack[], rules: InstitutionRules): Looseness[] {
  return [
    ...Object.entries(rules.adjust).flatMap(([ruleId, change]) => checkAdjustment(packs, ruleId, change)),
    ...checkOwnRules(packs, rules.rules),
  ];
}
