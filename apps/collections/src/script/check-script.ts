import { screenText } from '#contact-rules';
import type { FieldError } from '#problem';

/** What a script may name. The register knows all of them. */
export const SCRIPT_VARIABLES = [
  'callerName',
  'collectorNumber',
  'organisation',
  'bankName',
  'debtorName',
  'balance',
  'currency',
  'overdueSince',
  'product',
] as const;
export type ScriptVariable = (typeof SCRIPT_VARIABLES)[number];

/** Who calls, for whom, with which number: nobody else's to fill in. */
const IDENTITY: readonly ScriptVariable[] = ['callerName', 'collectorNumber', 'organisation', 'bankName'];
/** Of the debt nothing is said to third parties. */
const SECRET: readonly ScriptVariable[] = ['balance', 'currency', 'overdueSince', 'product'];
const SECRET_WORDS = /欠款|欠债|债务|逾期|催收|还款|还钱|\b(?:debts?|owes?|owed|overdue|arrears|repay\w*|collection)\b/iu;

const RECORDING = /录音|\brecord(?:ed|ing)?\b/iu;
const PURPOSE = {
  debtor: /欠款|逾期|还款|账单|账款|\b(?:overdue|repay\w*|payment|balance|account|arrears)\b/iu,
  'third-party': /转告|转达|联系|回电|\b(?:reach|call back|contact|message|pass on)\b/iu,
} as const;

const PLACEHOLDER = /\{\{\s*([\p{L}\p{N}_-]{1,64})\s*\}\}/gu;
const SOURCE = 'HLJ 21, CBA26';

export const variablesOf = (text: string): string[] => [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];

export interface ScriptText {
  readonly channel: 'voice' | 'visit';
  readonly audience: 'debtor' | 'third-party';
  readonly title: string;
  readonly identity: string;
  readonly text: string;
}

/** What speaks against a script. Pure. The identity statement says who calls, for which bank and agency, with which number, that it is recorded, and why. */
export function checkScript(script: ScriptText): FieldError[] {
  return [...checkIdentity(script), ...checkWords(script), ...(script.audience === 'third-party' ? checkSecret(script) : [])];
}

function checkIdentity({ identity, audience }: ScriptText): FieldError[] {
  const pointer = '/identity';
  const named = variablesOf(identity);
  const errors = IDENTITY.filter((name) => !named.includes(name)).map((name) => ({
    pointer,
    detail: `must say {{${name}}}: who calls, of which organisation, for which bank, with which collector number`,
    source: SOURCE,
  }));
  if (!RECORDING.test(identity)) errors.push({ pointer, detail: 'must say that the talk is recorded', source: SOURCE });
  if (!PURPOSE[audience].test(identity))
    errors.push({
      pointer,
      detail:
        audience === 'debtor' ? 'must say why: the overdue payment' : 'must say why: to have the debtor call back, and nothing of the debt',
      source: SOURCE,
    });
  return errors;
}

function checkWords({ title, identity, text }: ScriptText): FieldError[] {
  const context = { byAgency: true, balance: null, variables: null };
  return [['/title', title] as const, ['/identity', identity] as const, ['/text', text] as const].flatMap(([pointer, words]) => {
    const unknown = variablesOf(words).filter((name) => !(SCRIPT_VARIABLES as readonly string[]).includes(name));
    const { bans, unknownAmounts } = screenText(words, context);
    return [
      ...(unknown.length > 0 ? [{ pointer, detail: `names ${unknown.join(', ')}; a script may name ${SCRIPT_VARIABLES.join(', ')}` }] : []),
      ...(/[{}]/.test(words.replaceAll(PLACEHOLDER, ''))
        ? [{ pointer, detail: 'has a brace that is no variable; write variables as {{balance}}' }]
        : []),
      ...bans.map((hit) => ({ pointer, detail: `is refused (${hit.ban}) for: ${hit.words.join(', ')}`, source: SOURCE })),
      ...(unknownAmounts ? [{ pointer, detail: 'names an amount of its own; write {{balance}}, which the ledger fills' }] : []),
    ];
  });
}

function checkSecret({ identity, text }: ScriptText): FieldError[] {
  return [['/identity', identity] as const, ['/text', text] as const].flatMap(([pointer, words]) => {
    const named = variablesOf(words).filter((name) => (SECRET as readonly string[]).includes(name));
    const said = SECRET_WORDS.exec(words)?.[0];
    return [
      ...named.map((name) => ({ pointer, detail: `names {{${name}}} to somebody who does not owe`, source: 'CC11 68, HLJ 19' })),
      ...(said === undefined ? [] : [{ pointer, detail: `says “${said}” to somebody who does not owe`, source: 'CC11 68, HLJ 19' }]),
    ];
  });
}

/** The words with what is known; what is not known stays, and is named. */
export function fillScript(text: string, words: Readonly<Partial<Record<string, string | null>>>): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const filled = text.replaceAll(PLACEHOLDER, (placeholder, name: string) => {
    const word = Object.hasOwn(words, name) ? words[name] : null;
    if (word === null || word === undefined || word === '') missing.add(name);
    return word ? word : placeholder;
  });
  return { text: filled, missing: [...missing] };
}
