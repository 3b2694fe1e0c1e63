/** A word, or one Chinese character, with where it stands in the text. */
export interface Unit {
  readonly value: string;
  readonly isWord: boolean;
  readonly from: number;
  readonly to: number;
}

/** What is looked for in one go: units that stand together. */
export type Phrase = readonly string[];

export interface Mark {
  readonly from: number;
  readonly to: number;
}

// Longer ones are cut, in texts and in what is asked alike.
const LONGEST_WORD = 64;
const IDEOGRAPH = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々〇]$/u;
const LETTER = /^[\p{L}\p{N}\p{M}]$/u;

const kinds = new Map<string, 'ideograph' | 'letter' | 'other'>();
const MOST_KINDS = 100_000;

function kindOf(character: string): 'ideograph' | 'letter' | 'other' {
  const known = kinds.get(character);
  if (known) return known;
  const kind = IDEOGRAPH.test(character) ? 'ideograph' : LETTER.test(character) ? 'letter' : 'other';
  if (kinds.size < MOST_KINDS) kinds.set(character, kind);
  return kind;
}

/** Full width and half width, capital and small are the same; traditional characters stay what they are. */
const folded = (character: string): string =>
  character >= '\u4e00' && character <= '\u9fff' ? character : character.normalize('NFKC').toLowerCase();

/** A text taken apart; what is neither letter, digit nor character parts words and is otherwise passed over. */
export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  let word: { value: string; from: number; to: number } | null = null;
  const end = (): void => {
    if (word) units.push({ ...word, value: word.value.slice(0, LONGEST_WORD), isWord: true });
    word = null;
  };
  let at = 0;
  for (const character of text) {
    const [from, to] = [at, at + character.length];
    at = to;
    for (const part of folded(character)) {
      const kind = kindOf(part);
      if (kind === 'letter') {
        word = word ? { value: word.value + part, from: word.from, to } : { value: part, from, to };
        continue;
      }
      end();
      if (kind === 'ideograph') units.push({ value: part, isWord: false, from, to });
    }
  }
  end();
  return units;
}

/** What stands in the index for the units: each word, and each two characters that stand together. */
export function tokensOf(units: readonly Pick<Unit, 'value' | 'isWord'>[]): Set<string> {
  const tokens = new Set<string>();
  for (const [at, { value, isWord }] of units.entries()) {
    if (isWord) tokens.add(`w ${value}`);
    else if (units[at + 1]?.isWord === false) tokens.add(`${value}${units[at + 1]?.value ?? ''}`);
  }
  return tokens;
}

/** What was asked for: parts in quotation marks, and between spaces, each to be there in one piece. */
export function toQuery(text: string): { readonly phrases: readonly Phrase[]; readonly tokens: ReadonlySet<string> } {
  const parts = [...text.matchAll(/["“”]([^"“”]*)["“”]|(\S+)/g)].map(([, quoted, plain]) => unitsOf(quoted ?? plain ?? ''));
  const asked = parts.filter((units) => units.length > 0);
  return {
    phrases: asked.map((units) => units.map(({ value }) => value)),
    tokens: new Set(asked.flatMap((units) => [...tokensOf(units)])),
  };
}

/** Where the phrase stands in the text, the first time. */
export function findPhrase(units: readonly Unit[], phrase: Phrase): Mark | null {
  for (let at = 0; at + phrase.length <= units.length; at += 1) {
    if (!phrase.every((value, offset) => units[at + offset]?.value === value)) continue;
    return { from: units[at]?.from ?? 0, to: units[at + phrase.length - 1]?.to ?? 0 };
  }
  return null;
}

export interface Snippet {
  readonly text: string;
  readonly marks: readonly Mark[];
}

const BEFORE = 24;
const AFTER = 72;

/** A piece of the text around the first mark, with the marks that lie in it. */
export function snippetOf(text: string, marks: readonly Mark[]): Snippet {
  const sorted = marks.toSorted((a, b) => a.from - b.from);
  const first = sorted[0]?.from ?? 0;
  const start = wholeAt(text, Math.max(0, first - BEFORE));
  const end = wholeAt(text, Math.min(text.length, first + AFTER));
  const lead = start > 0 ? '…' : '';
  const shown = sorted.filter(({ from, to }) => from >= start && to <= end);
  return {
    text: `${lead}${text.slice(start, end)}${end < text.length ? '…' : ''}`,
    marks: shown.map(({ from, to }) => ({ from: from - start + lead.length, to: to - start + lead.length })),
  };
}

/** Not between the halves of a character. */
const wholeAt = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at);
