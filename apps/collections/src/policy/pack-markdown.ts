import type { Language } from '#contact-rules';
import { citationsOf, forceOf, remarksOf } from './pack-page.ts';
import { wordsOf } from './pack-words.ts';
import type { PackList, PackRowView, PackView } from './pack.dto.ts';

const escape = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, (character) => `\\${character}`);

const item = (name: string, values: readonly string[]): string[] => {
  if (values.length === 0) return [];
  return values.length === 1 ? [`- ${name}: ${escape(values[0] ?? '')}`] : [`- ${name}:`, ...values.map((value) => `  - ${escape(value)}`)];
};

function rule(row: PackRowView, { language, audience }: PackView): string[] {
  const words = wordsOf(language);
  const isStaff = audience === 'staff';
  return [
    `### ${escape(row.title)}`,
    '',
    escape(row.says),
    '',
    ...(isStaff ? item(words.limits, row.limits) : []),
    ...item(words.exceptions, row.exceptions),
    ...item(words.source, citationsOf(row, language)),
    ...(isStaff || row.severity === 'warn' ? item(words.severity, [row.severityText, ...remarksOf(row, words)]) : []),
    ...(isStaff || row.effectiveTo !== null ? item(words.force, [forceOf(row, words)]) : []),
    ...(isStaff ? [`- ${words.ruleId}: \`${row.ruleId}\``] : []),
    '',
  ];
}

/** The page of a pack as Markdown. */
export function packMarkdown(view: PackView): string {
  const words = wordsOf(view.language);
  const section = (title: string, rows: readonly PackRowView[]): string[] =>
    rows.length === 0 ? [] : [`## ${escape(title)}`, '', ...rows.flatMap((row) => rule(row, view))];
  const advice = view.advice.flatMap(({ title, says }) => [`### ${escape(title)}`, '', escape(says), '']);
  return [
    `# ${escape(view.title)}`,
    '',
    `${view.audience === 'debtor' ? words.debtor : `\`${view.pack}\``} · ${words.version(view.version)}`,
    '',
    `> ${escape(view.audience === 'debtor' ? words.debtorCaution : words.caution)}`,
    '',
    ...section(view.at === null ? words.everyRow : words.inForceOn(view.at), view.rows),
    ...section(words.later, view.later),
    ...section(words.ended, view.ended),
    ...(view.notes.length === 0 ? [] : [`## ${words.notes}`, '', ...view.notes.map((note) => `- ${escape(note)}`), '']),
    ...(advice.length === 0 ? [] : [`## ${words.advice}`, '', ...advice]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

export function listMarkdown({ items }: PackList, language: Language): string {
  const words = wordsOf(language);
  const lines = items.map(
    ({ pack, title, versions, rules }) =>
      `- [${escape(title)}](policies/${pack}) \`${pack}\`, ${words.version(versions.at(-1) ?? 1)}, ${words.rules(rules)}`,
  );
  return [`# ${words.packs}`, '', words.packsIntro, '', ...lines, ''].join('\n');
}
