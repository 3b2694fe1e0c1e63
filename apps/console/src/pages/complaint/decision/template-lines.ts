export const BLOCK_KINDS = ['opening', 'facts', 'basis', 'reasons', 'outcome', 'remedies', 'text', 'signature'] as const;
type BlockKind = (typeof BLOCK_KINDS)[number];

export interface LetterBlock {
  readonly kind: BlockKind;
  readonly text: string;
}

const isKind = (word: string): word is BlockKind => (BLOCK_KINDS as readonly string[]).includes(word);

/** Blocks of lines such as `facts: {{facts}}`, a paragraph a line; what begins with no kind is a text. */
export const blocksOfLines = (lines: readonly string[]): LetterBlock[] =>
  lines.map((line) => {
    const [, kind = '', rest = ''] = /^([a-z]+)\s*[:：]\s*(.+)$/u.exec(line) ?? [];
    return isKind(kind) ? { kind, text: rest } : { kind: 'text', text: line };
  });

export const linesOfBlocks = (blocks: readonly LetterBlock[]): string => blocks.map(({ kind, text }) => `${kind}: ${text}`).join('\n');
