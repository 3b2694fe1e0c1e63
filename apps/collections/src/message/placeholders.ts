// What a template may name. The ledger knows the first; whoever sends gives the others. Names are fixed: a place for anything at all
// would make an approved template an empty sheet.
export const LEDGER_VARIABLES = ['balance', 'currency', 'overdueSince', 'product', 'caseId', 'debtId'] as const;
export const GIVEN_VARIABLES = ['debtorName', 'bankName', 'bankContact', 'agencyName', 'agencyContact', 'payBy'] as const;
export const VARIABLES: readonly string[] = [...LEDGER_VARIABLES, ...GIVEN_VARIABLES];

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
