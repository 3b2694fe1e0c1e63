import { amountsIn, amountsOf, plainAmount, type Amount } from './amounts.ts';
import { BANS, LEXICON, NEGATION_EN, NEGATION_ZH, type Ban } from './lexicon.ts';
import { fold, squeeze, toWords } from './normalise.ts';

export interface Hit {
  readonly ban: Ban;
  /** As they were found, without spaces and punctuation that were meant to hide them; `…` stands for what may be a name. */
  readonly words: readonly string[];
}

export interface Screened {
  /** In the order of the bans; empty: nothing speaks against the text. */
  readonly bans: readonly Hit[];
  /** There are amounts, and nothing to compare them with. */
  readonly unknownAmounts: boolean;
}

export interface ScreeningContext {
  readonly byAgency: boolean;
  /** What the ledger says is owed, as decimal text; null: not known. */
  readonly balance: string | null;
  /** What else the ledger says, as an instalment that is due. */
  readonly ledger?: readonly string[] | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

// What lies in the room between the words of a pattern may be a name: it is caught, so that it can be left out of what is told.
const withRooms = (pattern: string): string => pattern.replace(/\.\{0,\d+\}|\(\?:\\w\+ \)\{0,\d+\}/g, '($&)');
const compile = (patterns: readonly string[], bound = ''): RegExp =>
  new RegExp(`${bound}(?:${patterns.map(withRooms).join('|')})${bound}`, 'dg');
const ENTRIES = LEXICON.map(({ ban, agencyOnly = false, zh, en }) => ({ ban, agencyOnly, zh: compile(zh), en: compile(en, '\\b') }));

/** The fixed words of a match; `…` stands for what lies between them. */
function fixedWords(match: RegExpExecArray): string {
  let words = match[0];
  const rooms: readonly ([number, number] | undefined)[] = match.indices ?? [];
  for (const room of rooms.slice(1).toReversed()) {
    if (room === undefined || room[0] === room[1]) continue;
    words = `${words.slice(0, room[0] - match.index)}…${words.slice(room[1] - match.index)}`;
  }
  return words.trim();
}

const HAS_LETTERS = /[a-z](?:[^a-z]?[a-z]){2}/;

// A clause ends at a mark; what was denied before it is not denied after it.
const CLAUSE_END = /[，。；！？,.;!?\n]/u;

function isDenied(folded: string, squeezedText: string, places: readonly number[], start: number): boolean {
  const before = squeezedText.slice(Math.max(0, start - 20), start);
  return NEGATION_ZH.some((pattern) => {
    const negation = pattern.exec(before);
    if (negation === null) return false;
    const from = places[start - before.length + negation.index] ?? 0;
    return !CLAUSE_END.test(folded.slice(from, places[start] ?? from));
  });
}

// Patterns with room between their words must not join the end of one sentence to the start of the next.
const SENTENCE_END = /[。！？!?\n]/u;
const WITHIN_SENTENCE: ReadonlySet<Ban> = new Set(['posing-authority', 'posing-bank', 'exposure', 'extra-fees', 'new-borrowing']);

const crosses = (folded: string, places: readonly number[], start: number, length: number): boolean =>
  SENTENCE_END.test(folded.slice(places[start], places[start + length - 1]));

/** Words of a ban in a text: where in the squeezed text they are, and how long. */
interface Found {
  readonly ban: Ban;
  readonly agencyOnly: boolean;
  readonly words: string;
  readonly at: number;
  readonly length: number;
}

// The squeezed text has neither.
const writtenIn = (english: string): number => english.replaceAll(/[ $]/g, '').length;

/** What the lexicon finds in a text, for the bank and for an agency alike. */
function lookUp(folded: string): Found[] {
  const { text, places } = squeeze(folded);
  const english = HAS_LETTERS.test(folded) ? toWords(folded) : '';
  const found: Found[] = [];
  for (const { ban, agencyOnly, zh, en } of ENTRIES) {
    for (const match of text.matchAll(zh)) {
      const { index: at, 0: said } = match;
      if (isDenied(folded, text, places, at)) continue;
      if (WITHIN_SENTENCE.has(ban) && crosses(folded, places, at, said.length)) continue;
      found.push({ ban, agencyOnly, words: fixedWords(match), at, length: said.length });
    }
    if (english === '') continue;
    for (const match of english.matchAll(en)) {
      const before = english.slice(0, match.index);
      if (NEGATION_EN.test(before)) continue;
      found.push({ ban, agencyOnly, words: fixedWords(match), at: writtenIn(before), length: writtenIn(match[0]) });
    }
  }
  return found;
}

interface Read {
  readonly text: string;
  readonly found: readonly Found[];
  readonly amounts: readonly Amount[];
}

// One template goes to many people: what was found in a text last is not looked for again.
let last: Read = { text: '', found: [], amounts: [] };

function read(text: string): Read {
  if (last.text === text) return last;
  const folded = fold(text);
  last = { text, found: lookUp(folded), amounts: amountsIn(folded) };
  return last;
}

const textsOf = (variables: Readonly<Record<string, unknown>>): string[] =>
  Object.values(variables).filter((value): value is string => typeof value === 'string' && /\D/u.test(value));

/**
 * Reads a text as its reader will and says which bans it breaks (HLJ Art. 21-22, CBA26, CC11 Art. 69): posing as an authority or, for
 * an agency, as the bank; threats and insults; exposure to others; made-up lists; an amount that is not the ledger's; invented legal
 * consequences; extra fees; new borrowing. Forms of writing that hide words are undone first. Words that are filled in are read too.
 */
export function screenText(text: string, { byAgency, balance, ledger, variables }: ScreeningContext): Screened {
  const { found, amounts: said } = read(text);
  const filled = variables ?? {};
  const byBan = new Map<Ban, Set<string>>();
  const add = (ban: Ban, words: readonly string[]): void => {
    byBan.set(ban, new Set([...(byBan.get(ban) ?? []), ...words]));
  };
  const others = textsOf(filled).filter((value) => !text.includes(value));
  for (const { ban, agencyOnly, words } of [...found, ...others.flatMap((value) => lookUp(fold(value)))]) {
    if (!agencyOnly || byAgency) add(ban, [words]);
  }
  const amounts = [...said, ...amountsOf(filled), ...others.flatMap((value) => amountsIn(fold(value)))];
  if (balance !== null) {
    const known = new Set([balance, ...(ledger ?? [])].map(plainAmount));
    const wrong = amounts.filter(({ value }) => !known.has(value)).map((amount) => amount.said);
    if (wrong.length > 0) add('amount', wrong);
  }
  const bans = BANS.flatMap((ban): Hit[] => (byBan.has(ban) ? [{ ban, words: [...(byBan.get(ban) ?? [])] }] : []));
  return { bans, unknownAmounts: balance === null && amounts.length > 0 };
}

/** Words in a text, by their place in it (UTF-16, `to` exclusive). */
export interface Place {
  readonly ban: Ban;
  readonly words: string;
  readonly from: number;
  readonly to: number;
}

/** The text folded, and for each character of that the character of the text that it came from. */
function foldWithPlaces(text: string): { folded: string; froms: number[]; tos: number[] } {
  let folded = '';
  const froms: number[] = [];
  const tos: number[] = [];
  let at = 0;
  for (const character of text) {
    const form = fold(character);
    folded += form;
    for (let i = 0; i < form.length; i += 1) {
      froms.push(at);
      tos.push(at + character.length);
    }
    at += character.length;
  }
  return { folded, froms, tos };
}

/** The same bans as `screenText`, each where it stands in the text: for whoever writes. In the order of the text. */
export function locateBans(text: string, { byAgency, balance, ledger }: ScreeningContext): Place[] {
  const { folded, froms, tos } = foldWithPlaces(text);
  const { places } = squeeze(folded);
  const inText = (from: number, to: number) => ({ from: froms[from] ?? 0, to: tos[to] ?? text.length });
  const said = lookUp(folded)
    .filter(({ agencyOnly }) => !agencyOnly || byAgency)
    .map(({ ban, words, at, length }) => ({ ban, words, ...inText(places[at] ?? 0, places[at + length - 1] ?? 0) }));
  const known = balance === null ? null : new Set([balance, ...(ledger ?? [])].map(plainAmount));
  const amounts = amountsIn(folded)
    .filter(({ value }) => known !== null && !known.has(value))
    .map(({ said: words, at }): Place => ({ ban: 'amount', words, ...inText(at, at + words.length - 1) }));
  return [...said, ...amounts].toSorted((a, b) => a.from - b.from || a.to - b.to);
}
