import { effectiveRows, type EffectiveRow } from './compile.ts';
import { describeRule, sayCitation, type Described } from './describe.ts';
import { effectOf, type Effect } from './effect.ts';
import type { Pack, PackRow } from './pack.ts';
import type { InstitutionRules } from './tighten.ts';
import { sayLimit } from './words/said.ts';
import { inEach, text, type Text } from './words/text.ts';

/** What is or was in force: packs, and what the institution adds. */
export interface Stack {
  readonly packs: readonly Pack[];
  readonly rules: InstitutionRules;
}

/** One line of a comparison. */
export interface Change {
  /** `institution` for the institution's own rules. */
  readonly pack: string;
  /** Null: the pack itself was added, removed, or is another version. */
  readonly ruleId: string | null;
  readonly change: 'added' | 'removed' | 'changed';
  readonly effect: Effect;
  readonly title: Text;
  /** What it said before, as far as it differs; null: it was not there. */
  readonly before: Text | null;
  readonly after: Text | null;
  /** The change in one line: 同一号码每日未接通上限 6 次 → 4 次. */
  readonly says: Text;
}

interface Difference {
  readonly before: Text;
  readonly after: Text;
  readonly says: Text;
}

const ARROW = ' → ';
const NONE = text('（无）', '(none)');

const joined = (parts: readonly Text[]): Text =>
  inEach((language) => parts.map((part) => part[language]).join(language === 'zh' ? '；' : '; '));
const arrow = (before: Text, after: Text): Text => inEach((language) => `${before[language]}${ARROW}${after[language]}`);
const labelled = (label: Text, value: Text): Text => sayLimit({ key: '', label, value });
const differ = (before: Text, after: Text): boolean => before.zh !== after.zh || before.en !== after.en;

/** One thing under one label, before and after. */
const under = (label: Text, before: Text, after: Text): Difference => ({
  before: labelled(label, before),
  after: labelled(label, after),
  says: labelled(label, arrow(before, after)),
});

function limitDifferences(before: Described, after: Described): Difference[] {
  const keys = [...new Set([...before.limits, ...after.limits].map(({ key }) => key))];
  return keys.flatMap((key) => {
    const [was, is] = [before, after].map(({ limits }) => limits.find((limit) => limit.key === key));
    if (was && is && !differ(was.label, is.label)) return differ(was.value, is.value) ? [under(is.label, was.value, is.value)] : [];
    const [old, now] = [was ? sayLimit(was) : NONE, is ? sayLimit(is) : NONE];
    return [{ before: old, after: now, says: arrow(old, now) }];
  });
}

const sayExceptions = ({ exceptions }: Described): Text => (exceptions.length === 0 ? NONE : joined(exceptions));
const sayCitations = ({ citations }: Described): Text =>
  joined(citations.map((citation) => inEach((language) => `${sayCitation(citation)[language]} (${citation.grade[language].slice(0, 1)})`)));

const sayForce = ({ effectiveFrom, effectiveTo }: PackRow): Text =>
  effectiveTo === undefined
    ? text(`自 ${effectiveFrom} 起`, `from ${effectiveFrom}`)
    : text(`${effectiveFrom} 至 ${effectiveTo}`, `${effectiveFrom} to ${effectiveTo}`);

// Said under `exceptions`; limits have labels of their own. Whatever else differs is in the sentence.
const IN_EXCEPTIONS = ['consent', 'consentDays', 'exceptPurposes', 'exceptRoles'];

const paramsWithout = ({ params }: PackRow, keys: readonly string[]): string =>
  JSON.stringify(Object.entries(params).filter(([key]) => !keys.includes(key)));

function differencesOf(before: PackRow, after: PackRow): Difference[] {
  const [was, is] = [describeRule(before), describeRule(after)];
  const limits = limitDifferences(was, is);
  const elsewhere = [...[...was.limits, ...is.limits].map(({ key }) => key), ...IN_EXCEPTIONS];
  const isOtherSentence = before.kind !== after.kind || paramsWithout(before, elsewhere) !== paramsWithout(after, elsewhere);
  const parts = [
    { label: text('规则', 'Rule'), before: was.title, after: is.title },
    { label: text('处理', 'Effect'), before: was.severity, after: is.severity },
    { label: text('例外', 'Exceptions'), before: sayExceptions(was), after: sayExceptions(is) },
    { label: text('适用期间', 'In force'), before: sayForce(before), after: sayForce(after) },
    { label: text('依据', 'Source'), before: sayCitations(was), after: sayCitations(is) },
  ];
  return [
    ...limits,
    ...(isOtherSentence && differ(was.says, is.says) ? [{ before: was.says, after: is.says, says: arrow(was.says, is.says) }] : []),
    ...parts.filter((part) => differ(part.before, part.after)).map((part) => under(part.label, part.before, part.after)),
  ];
}

/** A row as one line: what it asks, its exceptions, and what it does. */
function sayRow(row: PackRow): Text {
  const { says, exceptions, severity } = describeRule(row);
  const except = exceptions.length === 0 ? [] : [labelled(text('例外', 'Except'), joined(exceptions))];
  const force = labelled(text('适用期间', 'In force'), sayForce(row));
  return inEach((language) =>
    [says, ...except, severity, force].map((part) => part[language].replace(/[。.]$/, '')).join(language === 'zh' ? '；' : '; '),
  );
}

function changed(pack: string, before: PackRow, after: PackRow): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const differences = differencesOf(before, after);
  // Such as `tenantValue`, which nothing of what it asks depends on.
  if (differences.length === 0) return [];
  return [
    {
      pack,
      ruleId: after.ruleId,
      change: 'changed',
      effect: effectOf(before, after),
      title: describeRule(after).title,
      before: joined(differences.map((one) => one.before)),
      after: joined(differences.map((one) => one.after)),
      says: joined(differences.map(({ says }) => says)),
    },
  ];
}

function alone(pack: string, row: PackRow, change: 'added' | 'removed'): Change {
  const { title } = describeRule(row);
  const said = sayRow(row);
  const isAdded = change === 'added';
  return {
    pack,
    ruleId: row.ruleId,
    change,
    effect: isAdded ? 'tighter' : 'looser',
    title,
    before: isAdded ? null : said,
    after: isAdded ? said : null,
    says: isAdded ? text(`新增：${said.zh}`, `New: ${said.en}`) : text(`不再适用：${said.zh}`, `No longer: ${said.en}`),
  };
}

const sayPack = ({ title, version }: Pack): Text => text(`${title.zh}第 ${version} 版`, `${title.en}, version ${version}`);

function packChanges(before: readonly Pack[], after: readonly Pack[]): Change[] {
  const names = [...new Set([...after, ...before].map(({ pack }) => pack))];
  return names.flatMap((name): Change[] => {
    const [was, is] = [before, after].map((packs) => packs.find(({ pack }) => pack === name));
    const title = (is ?? was)?.title ?? text(name, name);
    const same = { pack: name, ruleId: null, title };
    if (was && is) {
      if (was.version === is.version) return [];
      const [old, now] = [sayPack(was), sayPack(is)];
      return [{ ...same, change: 'changed', effect: 'other', before: old, after: now, says: arrow(old, now) }];
    }
    if (is)
      return [
        {
          ...same,
          change: 'added',
          effect: 'tighter',
          before: null,
          after: sayPack(is),
          says: text(`新增规则包：${sayPack(is).zh}`, `Pack added: ${sayPack(is).en}`),
        },
      ];
    if (was)
      return [
        {
          ...same,
          change: 'removed',
          effect: 'looser',
          before: sayPack(was),
          after: null,
          says: text(`移除规则包：${sayPack(was).zh}`, `Pack removed: ${sayPack(was).en}`),
        },
      ];
    return [];
  });
}

/** Rows under the name by which they are compared. A pack may have a rule twice, for one date after another. */
function keyed(rows: readonly EffectiveRow[]): Map<string, EffectiveRow> {
  const found = new Map<string, EffectiveRow>();
  for (const one of rows) {
    let [key, nth] = [`${one.pack} ${one.row.ruleId}`, 1];
    for (; found.has(key); nth += 1) key = `${one.pack} ${one.row.ruleId} ${nth}`;
    found.set(key, one);
  }
  return found;
}

/**
 * What differs between two states of an institution's policy, in words a compliance officer reads: packs first, then rows as they
 * judge after the institution's adjustments, in the order of the newer state, then rows that are gone. `before` null: there was none.
 */
export function diffPolicies(before: Stack | null, after: Stack): Change[] {
  const old = keyed(before === null ? [] : effectiveRows(before.packs, before.rules));
  const now = keyed(effectiveRows(after.packs, after.rules));
  const rows = [...now].flatMap(([key, { pack, row }]) => {
    const was = old.get(key);
    return was === undefined ? [alone(pack, row, 'added')] : changed(pack, was.row, row);
  });
  const gone = [...old].filter(([key]) => !now.has(key)).map(([, { pack, row }]) => alone(pack, row, 'removed'));
  return [...packChanges(before?.packs ?? [], after.packs), ...rows, ...gone];
}
