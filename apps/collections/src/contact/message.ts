import type { Channel, MessageJson, ProposedJson } from '#contact-rules';
import type { FieldError } from '#problem';

/** A version of a template, as the register has it. */
export interface TemplateRow {
  readonly version: number;
  readonly channel: Channel;
  readonly text: string;
  readonly approved: boolean;
}

/** The message that a caller names: a template with variables, or a text, or both. */
export interface GivenMessage {
  readonly templateId?: string | null;
  readonly version?: number | null;
  readonly text?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  /** What another room read in the ledger and answers for; no request from outside has it. */
  readonly ledger?: LedgerMore;
}

/** Words that the ledger has for one occasion, and the amounts among them. */
export interface LedgerMore {
  readonly words: Readonly<Record<string, string>>;
  readonly amounts: readonly string[];
}

/** What the ledger knows and a template may name, as `{{balance}}`: whatever the caller says, the ledger's words are filled in. */
export interface LedgerWords {
  readonly balance: string;
  readonly currency: string;
  readonly overdueSince: string | null;
  readonly product: string;
  readonly caseId: string;
  readonly debtId: string;
}

// As the register finds the variables of a template.
const PLACEHOLDER = /\{\{\s*([\p{L}\p{N}_-]{1,64})\s*\}\}/gu;

const wordOf = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);

/** The template with its variables; those that nobody gave stay as they are, and are named. */
function fill(text: string, words: Readonly<Record<string, unknown>>): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const filled = text.replaceAll(PLACEHOLDER, (placeholder, name: string) => {
    const word = Object.hasOwn(words, name) ? wordOf(words[name]) : null;
    if (word === null) missing.add(name);
    return word ?? placeholder;
  });
  return { text: filled, missing: [...missing] };
}

// Without what the row of the ledger holds besides.
const wordsOf = ({ balance, currency, overdueSince, product, caseId, debtId }: LedgerWords): LedgerWords => ({
  balance,
  currency,
  overdueSince,
  product,
  caseId,
  debtId,
});

/** Whether the text is the template with anything in its places: what stands between them must be there, in order. */
function isFilledFrom(text: string, template: string): boolean {
  const [head = '', ...rest] = template.split(PLACEHOLDER).filter((_part, index) => index % 2 === 0);
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - tail.length;
}

/**
 * The message as it is judged: the text as it will be read, and whether the version of the template is approved for the channel. A text of the
 * caller's own counts as approved only where it is the template filled in. `errors` name variables without which the text is not known.
 */
export function fillMessage(
  given: GivenMessage,
  template: TemplateRow | null,
  channel: Channel,
  ledger: LedgerWords,
): { message: MessageJson; errors: FieldError[] } {
  const { templateId = null, text: own = null, variables = null, ledger: more } = given;
  const amounts = more === undefined ? {} : { ledger: more.amounts };
  if (template === null || templateId === null) {
    const approved = templateId === null ? null : false;
    return { message: { templateId, version: given.version ?? null, approved, text: own, variables, ...amounts }, errors: [] };
  }
  const { version } = template;
  const approved = template.approved && template.channel === channel;
  if (own !== null) {
    return {
      message: { templateId, version, approved: approved && isFilledFrom(own, template.text), text: own, variables, ...amounts },
      errors: [],
    };
  }
  const { text, missing } = fill(template.text, { ...variables, ...wordsOf(ledger), ...more?.words });
  return {
    message: { templateId, version, approved, text, variables, ...amounts },
    errors: missing.map((name) => ({ pointer: `/message/variables/${name}`, detail: 'is in the template; give a text or a number' })),
  };
}

// More than any letter needs; each is screened, sealed and kept.
const MOST_VARIABLES = 50;
const LONGEST_WORD = 1000;

/** What is wrong with the variables themselves, whatever the template. */
export function checkVariables(variables: Readonly<Record<string, unknown>>): FieldError[] {
  const given = Object.entries(variables);
  if (given.length > MOST_VARIABLES) return [{ pointer: '/message/variables', detail: `are ${given.length}; ${MOST_VARIABLES} at most` }];
  return given
    .filter(([, value]) => (wordOf(value)?.length ?? Number.POSITIVE_INFINITY) > LONGEST_WORD)
    .map(([name]) => ({
      pointer: `/message/variables/${name.slice(0, 64)}`,
      detail: `is a text of up to ${LONGEST_WORD} characters, or a number`,
    }));
}

export const MESSAGE_CONTEXT = 'decision.message';

/** What is kept in clear, and what is sealed: text and variables may name people. Null: there is nothing to seal. */
export function withoutSecrets(proposed: ProposedJson): { proposed: ProposedJson; secrets: string | null } {
  const { message } = proposed;
  if (!message || ((message.text ?? null) === null && (message.variables ?? null) === null)) return { proposed, secrets: null };
  const { text, variables, ...open } = message;
  return { proposed: { ...proposed, message: open }, secrets: JSON.stringify({ text, variables }) };
}

/** The opposite of `withoutSecrets`: the contact as it was judged. */
export function withSecrets(proposed: ProposedJson, secrets: string): ProposedJson {
  return { ...proposed, message: { ...proposed.message, ...(JSON.parse(secrets) as MessageJson) } };
}
