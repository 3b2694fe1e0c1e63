/** The letters and notices that the desk writes. */
export const LETTER_KINDS = [
  'acknowledgement',
  'term-extended',
  'documents-requested',
  'pause-told',
  'decision',
  'declined',
  'closing',
  'review-decision',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export const BLOCK_KINDS = ['opening', 'facts', 'basis', 'reasons', 'outcome', 'remedies', 'text', 'signature'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

export interface LetterBlock {
  readonly kind: BlockKind;
  readonly text: string;
}

/** Where a variable comes from: the register and clock of the complaint, its decision, the institution's settings, or whoever writes the letter. */
export type VariableSource = 'complaint' | 'decision' | 'setting' | 'writer';

export interface Variable {
  readonly name: string;
  readonly source: VariableSource;
  readonly type: 'text' | 'date';
}

/** Every variable that a template may name. */
export const VARIABLES: readonly Variable[] = [
  { name: 'complainantName', source: 'complaint', type: 'text' },
  { name: 'complaintNumber', source: 'complaint', type: 'text' },
  { name: 'subject', source: 'complaint', type: 'text' },
  { name: 'receivedOn', source: 'complaint', type: 'date' },
  { name: 'dueOn', source: 'complaint', type: 'date' },
  { name: 'today', source: 'complaint', type: 'date' },
  { name: 'outcome', source: 'decision', type: 'text' },
  { name: 'facts', source: 'decision', type: 'text' },
  { name: 'basis', source: 'decision', type: 'text' },
  { name: 'reasons', source: 'decision', type: 'text' },
  { name: 'remedy', source: 'decision', type: 'text' },
  { name: 'remedies', source: 'decision', type: 'text' },
  { name: 'bankName', source: 'setting', type: 'text' },
  { name: 'bankAddress', source: 'setting', type: 'text' },
  { name: 'bankContact', source: 'setting', type: 'text' },
  { name: 'reason', source: 'writer', type: 'text' },
  { name: 'documents', source: 'writer', type: 'text' },
  { name: 'answerBy', source: 'writer', type: 'date' },
];

const PLACE = /\{\{\s*([A-Za-z]\w*)\s*\}\}/g;

/** The variables that a text names, each once. */
export const variablesIn = (text: string): string[] => [...new Set([...text.matchAll(PLACE)].map(([, name = '']) => name))];

/** What is left of a brace is no place for a variable. */
export const hasStrayBrace = (text: string): boolean => /[{}]/.test(text.replace(PLACE, ''));

/** The text with its variables filled in; what has no value stays as it is written. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(PLACE, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? place) : place));
