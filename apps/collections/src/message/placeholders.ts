import { isLocalDate } from '#wire';

/** Where a variable's word comes from: the ledger, the register, or whoever sends. */
export type VariableSource = 'ledger' | 'register' | 'sender';
export type VariableType = 'money' | 'date' | 'text';

export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  readonly source: VariableSource;
  /** Longest text. */
  readonly max: number;
}

const variable = (name: string, type: VariableType, source: VariableSource, max = 200): Variable => ({ name, type, source, max });

// What a template may name. Names are fixed: a place for anything at all would make an approved template an empty sheet; and no amount is
// ever the sender's.
export const CATALOGUE: readonly Variable[] = [
  variable('balance', 'money', 'ledger'),
  variable('currency', 'text', 'ledger'),
  variable('overdueSince', 'date', 'ledger'),
  variable('product', 'text', 'ledger'),
  variable('caseId', 'text', 'ledger'),
  variable('debtId', 'text', 'ledger'),
  variable('amountDue', 'money', 'ledger'),
  variable('dueOn', 'date', 'ledger'),
  variable('debtorName', 'text', 'register'),
  variable('bankName', 'text', 'register'),
  variable('bankContact', 'text', 'register'),
  variable('agencyName', 'text', 'register'),
  variable('agencyContact', 'text', 'register'),
  variable('payBy', 'date', 'sender'),
  variable('note', 'text', 'sender', 200),
];

export const VARIABLES: readonly string[] = CATALOGUE.map(({ name }) => name);

const PLACEHOLDER = /\{\{\s*([\p{L}\p{N}_-]{1,64})\s*\}\}/gu;

export interface Placeholders {
  /** In order of first use, each once. */
  readonly variables: readonly string[];
  /** What is wrong with the text; null: nothing. */
  readonly fault: string | null;
}

/** The variables of a template's text: `{{balance}}`. */
export function placeholdersOf(text: string): Placeholders {
  const variables = [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
  const unknown = variables.filter((name) => !VARIABLES.includes(name));
  if (unknown.length > 0) return { variables, fault: `names ${unknown.join(', ')}; a template may name ${VARIABLES.join(', ')}` };
  // A brace too few, and the reader would read the name of the variable.
  if (/[{}]/.test(text.replaceAll(PLACEHOLDER, '')))
    return { variables, fault: 'has a brace that is no variable; write variables as {{balance}}' };
  return { variables, fault: null };
}

/** What is wrong with a word that the sender gives; null: nothing. */
export function faultOf(name: string, value: unknown): string | null {
  const known = CATALOGUE.find((one) => one.name === name);
  if (known === undefined) return `is not known; a message may name ${VARIABLES.join(', ')}`;
  if (known.source !== 'sender') return `is filled from the ${known.source}; leave it out`;
  if (known.type === 'date') return isLocalDate(value) ? null : 'must be a date of the calendar, such as 2026-11-21';
  if (typeof value !== 'string' || value.trim() === '') return 'must be text';
  return value.length > known.max ? `must have at most ${known.max} characters` : null;
}
