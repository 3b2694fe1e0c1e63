import type { FieldError } from '#problem';

/** What a letter must carry, each as a paragraph of its own. */
export const LETTER_ITEMS = [
  'name-and-balance',
  'reason-and-basis',
  'rights-and-duties',
  'query',
  'objection',
  'evidence',
  'bank-contact',
  'seal',
] as const;
export type LetterItem = (typeof LETTER_ITEMS)[number];

/** Paragraphs that a letter may have besides. */
export const FREE_ITEMS = ['opening', 'text', 'closing'] as const;
export const BLOCK_KINDS: readonly string[] = [...LETTER_ITEMS, ...FREE_ITEMS];

export const LETTER_SOURCE = 'CC11 69';

interface Demand {
  /** In words, for whoever writes. */
  readonly says: string;
  /** One of these words at least, so that a paragraph is what its kind says. */
  readonly words?: RegExp;
  readonly variables?: readonly string[];
}

const DEMANDS: Readonly<Record<LetterItem, Demand>> = {
  'name-and-balance': { says: 'whom it is for and what is owed (姓名、欠款余额)', variables: ['debtorName', 'balance'] },
  'reason-and-basis': {
    says: 'why it is written and on what legal basis (催收事由、相关法律法规)',
    words: /依据|根据|按照|合同|合约|法律|法规|\bunder\b|basis|agreement|contract|\blaws?\b/iu,
  },
  'rights-and-duties': {
    says: 'the cardholder’s rights and duties (持卡人相关权利和义务)',
    words: /权利|有权|义务|责任|\brights?\b|entitled|obligations?|dut(?:y|ies)/iu,
  },
  query: {
    says: 'how to look into the account (查询账户状态、还款)',
    words: /查询|核对|查阅|账单|enquir|inquir|\bquery\b|check your|statement/iu,
  },
  objection: { says: 'how to object to the debt (提出异议)', words: /异议|\bobject|dispute|contest/iu },
  evidence: { says: 'how to give evidence (提供相关证据的途径)', words: /证据|凭证|证明材料|evidence|proof|documents?/iu },
  'bank-contact': { says: 'how to reach the bank (发卡银行联系方式)', variables: ['bankContact'] },
  seal: { says: 'the bank’s seal (加盖公章)', variables: ['bankName'] },
};

export interface GivenBlock {
  readonly kind: string;
  readonly text: string;
}

const isItem = (kind: string): kind is LetterItem => (LETTER_ITEMS as readonly string[]).includes(kind);

function faultsOf({ kind, text }: GivenBlock, index: number): FieldError[] {
  const pointer = `/blocks/${index}/text`;
  if (/\n\s*\n/.test(text)) return [{ pointer, detail: 'is one paragraph: take out the empty line, or make two blocks' }];
  if (!isItem(kind)) return [];
  const { says, words, variables = [] } = DEMANDS[kind];
  const missing = variables.filter((name) => !new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(text));
  if (missing.length > 0)
    return [{ pointer, detail: `must say ${says}: name ${missing.map((name) => `{{${name}}}`).join(' and ')}`, source: LETTER_SOURCE }];
  return words && !words.test(text) ? [{ pointer, detail: `must say ${says}`, source: LETTER_SOURCE }] : [];
}

/** What the blocks lack of a letter (CC11 Art. 69); empty: nothing. */
export function checkLetter(blocks: readonly GivenBlock[]): FieldError[] {
  const kinds = blocks.map(({ kind }) => kind);
  const missing = LETTER_ITEMS.filter((item) => !kinds.includes(item)).map((item): FieldError => ({
    pointer: '/blocks',
    detail: `the ${item} paragraph is missing: add a block of kind ${item} that says ${DEMANDS[item].says}`,
    source: LETTER_SOURCE,
  }));
  const twice = LETTER_ITEMS.filter((item) => kinds.indexOf(item) !== kinds.lastIndexOf(item)).map((item): FieldError => ({
    pointer: `/blocks/${kinds.lastIndexOf(item)}`,
    detail: `is a second ${item} paragraph; a letter has one`,
  }));
  return [...missing, ...twice, ...blocks.flatMap(faultsOf)];
}

/** The text of a letter: its paragraphs. */
export const textOfBlocks = (blocks: readonly GivenBlock[]): string => blocks.map(({ text }) => text.trim()).join('\n\n');
