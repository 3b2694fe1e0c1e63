import type { RuleText, Severity } from './wire.ts';

export interface RuleFilter {
  readonly words: string;
  readonly pack: string | null;
  readonly severity: Severity | null;
  readonly onlyOwn: boolean;
}

export const NO_FILTER: RuleFilter = { words: '', pack: null, severity: null, onlyOwn: false };

const textOf = ({ title, says, limits, exceptions, source, ruleId }: RuleText): string =>
  [title, says, ...limits, ...exceptions, source, ruleId].join('\n').toLowerCase();

/** Every word has to be somewhere in what is told of the rule. */
export function filterRules(rows: readonly RuleText[], { words, pack, severity, onlyOwn }: RuleFilter): readonly RuleText[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (pack !== null && row.pack !== pack) return false;
    if (severity !== null && row.severity !== severity) return false;
    if (onlyOwn && !row.ownChange) return false;
    const text = textOf(row);
    return wanted.every((word) => text.includes(word));
  });
}

/** By pack, in the order in which they are stacked. */
export function byPack(rows: readonly RuleText[]): readonly { readonly pack: string; readonly rows: readonly RuleText[] }[] {
  const groups = new Map<string, RuleText[]>();
  for (const row of rows) {
    const group = groups.get(row.pack) ?? [];
    group.push(row);
    groups.set(row.pack, group);
  }
  return [...groups].map(([pack, found]) => ({ pack, rows: found }));
}
