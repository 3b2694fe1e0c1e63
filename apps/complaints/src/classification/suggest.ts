import type { Code, Dimension } from '../code-table/codes.ts';

/** Words that speak for a code. A word of `not` anywhere in the text silences the rule. */
export interface KeywordRule {
  readonly id: string;
  readonly dimension: Dimension;
  readonly code: string;
  readonly weight: number;
  readonly zh?: readonly string[];
  readonly en?: readonly string[];
  readonly not?: readonly string[];
  /** Codes of the complaint's category, `collection-*` for all that begin so; they count as a word. */
  readonly categories?: readonly string[];
  readonly channels?: readonly string[];
}

export interface RuleSet {
  /** Directly before a word, they take it back. */
  readonly negators: { readonly zh: readonly string[]; readonly en: readonly string[] };
  readonly rules: readonly KeywordRule[];
}

/** What a suggestion is made from. */
export interface SuggestFacts {
  readonly text: string;
  readonly channel: string;
  readonly category: string | null;
}

export interface Reason {
  readonly rule: string;
  readonly weight: number;
  /** As the rules have them, never as the complainant wrote them. */
  readonly words: readonly string[];
}

export interface Suggestion {
  readonly dimension: Dimension;
  readonly code: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** What the rules said besides: which rule spoke for which code. */
  readonly rules: readonly { readonly rule: string; readonly code: string }[];
}

// A text that says the same word ten times is no surer than one that says three different ones.
const MOST_WORDS = 3;
// How far before a word a negation may end: "没有再催收", "never was any fraud" are negations as well.
const REACH = { zh: 1, en: 12 } as const;

const isLatin = (word: string): boolean => /^[\x20-\x7e]+$/.test(word);

/** Whether a word is said at all, at least once without being taken back. */
function isSaid(text: string, word: string, negators: RuleSet['negators']): boolean {
  const latin = isLatin(word);
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    // "fee" is not in "coffee"; what begins with it, as "threat" in "threatened", is meant.
    if (latin && /[a-z]/.test(text.charAt(at - 1))) continue;
    if (!isTakenBack(text.slice(Math.max(0, at - 24), at), latin, negators)) return true;
  }
  return false;
}

function isTakenBack(before: string, latin: boolean, { zh, en }: RuleSet['negators']): boolean {
  if (!latin)
    return zh.some((negator) => {
      const at = before.lastIndexOf(negator);
      return at !== -1 && before.length - at - negator.length <= REACH.zh;
    });
  const words = before.slice(-REACH.en).split(/[^a-z']+/);
  return en.some((negator) => words.includes(negator));
}

const fitsCategory = (wanted: string, category: string): boolean =>
  wanted.endsWith('*') ? category.startsWith(wanted.slice(0, -1)) : wanted === category;

function wordsOf(rule: KeywordRule, text: string, { channel, category }: SuggestFacts, negators: RuleSet['negators']): string[] {
  if (rule.not?.some((word) => text.includes(word.toLowerCase()))) return [];
  const said = [...(rule.zh ?? []), ...(rule.en ?? [])].filter((word) => isSaid(text, word.toLowerCase(), negators));
  const ofCategory = category !== null && rule.categories?.some((wanted) => fitsCategory(wanted, category)) ? [category] : [];
  return [...ofCategory, ...(rule.channels?.includes(channel) ? [channel] : []), ...said];
}

/** The best code of each dimension that any rule speaks for, of those that may be given; of two alike, the first in the order of the rules. */
export function suggest(facts: SuggestFacts, { rules, negators }: RuleSet, codes: readonly Code[]): Suggestion[] {
  const text = facts.text.toLowerCase();
  const mayGive = new Set(codes.map(({ dimension, code }) => `${dimension} ${code}`));
  const found = new Map<Dimension, Map<string, Reason[]>>();
  for (const rule of rules) {
    if (!mayGive.has(`${rule.dimension} ${rule.code}`)) continue;
    const words = wordsOf(rule, text, facts, negators);
    if (words.length === 0) continue;
    const byCode = found.get(rule.dimension) ?? new Map<string, Reason[]>();
    const weight = rule.weight * Math.min(words.length, MOST_WORDS);
    byCode.set(rule.code, [...(byCode.get(rule.code) ?? []), { rule: rule.id, weight, words }]);
    found.set(rule.dimension, byCode);
  }
  return [...found].flatMap(([dimension, byCode]) => best(dimension, byCode));
}

const total = (reasons: readonly Reason[]): number => reasons.reduce((sum, { weight }) => sum + weight, 0);

function best(dimension: Dimension, byCode: ReadonlyMap<string, readonly Reason[]>): Suggestion[] {
  const ranked = [...byCode].toSorted(([, a], [, b]) => total(b) - total(a));
  const rules = [...byCode].flatMap(([code, reasons]) => reasons.map(({ rule }) => ({ rule, code })));
  const [first] = ranked;
  return first ? [{ dimension, code: first[0], score: total(first[1]), reasons: first[1], rules }] : [];
}
