import type { FieldError } from '#problem';
import type { BlockKind, LetterBlock, LetterKind } from './letter-kinds.ts';

interface Demand {
  readonly item: string;
  /** In words, for whoever writes. */
  readonly says: string;
  readonly source: string;
  readonly block: BlockKind;
  /** The block must name this variable, or have one of these words. */
  readonly variable?: string;
  readonly words?: RegExp;
}

// CMP20 19: the decision states the facts that were verified, its basis, its reasons and the further ways that are open. 20: a review covers process,
// time limit and result. 18: who filed a complaint that is declined is told why.
const DECISION: readonly Demand[] = [
  {
    item: 'facts',
    says: 'the facts that were verified (核查的事实): name {{facts}}',
    source: 'CMP20 19',
    block: 'facts',
    variable: 'facts',
  },
  { item: 'basis', says: 'the basis (依据): name {{basis}}', source: 'CMP20 19', block: 'basis', variable: 'basis' },
  { item: 'reasons', says: 'the reasons (理由): name {{reasons}}', source: 'CMP20 19', block: 'reasons', variable: 'reasons' },
  { item: 'outcome', says: 'the decision (处理决定): name {{outcome}}', source: 'CMP20 19', block: 'outcome', variable: 'outcome' },
  {
    item: 'review',
    says: 'that a review can be asked for (申请核查)',
    source: 'CMP20 19',
    block: 'remedies',
    words: /核查|复查|复核|\breview/iu,
  },
  { item: 'mediation', says: 'that mediation is open (调解)', source: 'CMP20 19', block: 'remedies', words: /调解|mediation/iu },
  { item: 'arbitration', says: 'that arbitration is open (仲裁)', source: 'CMP20 19', block: 'remedies', words: /仲裁|arbitration/iu },
  {
    item: 'court',
    says: 'that the courts are open (诉讼)',
    source: 'CMP20 19',
    block: 'remedies',
    words: /诉讼|起诉|法院|\bcourts?\b|litigation/iu,
  },
];
const DEMANDS: Readonly<Partial<Record<LetterKind, readonly Demand[]>>> = {
  decision: DECISION,
  'review-decision': [
    {
      item: 'process',
      says: 'whether the process was kept (处理程序)',
      source: 'CMP20 20',
      block: 'text',
      words: /程序|过程|process|procedure/iu,
    },
    {
      item: 'time-limit',
      says: 'whether the time limit was kept (处理时限)',
      source: 'CMP20 20',
      block: 'text',
      words: /时限|期限|time limit|term/iu,
    },
    {
      item: 'result',
      says: 'what became of the result (处理结果)',
      source: 'CMP20 20',
      block: 'text',
      words: /结果|结论|result|outcome/iu,
    },
  ],
  declined: [{ item: 'reason', says: 'why it is declined: name {{reason}}', source: 'CMP20 18', block: 'text', variable: 'reason' }],
  'term-extended': [
    { item: 'due', says: 'until when it will be decided: name {{dueOn}}', source: 'CMP20 18', block: 'text', variable: 'dueOn' },
  ],
  'pause-told': [
    { item: 'reason', says: 'why the term is paused: name {{reason}}', source: 'CMP20 18', block: 'text', variable: 'reason' },
  ],
};

const isMet = ({ block, variable, words }: Demand, blocks: readonly LetterBlock[]): boolean =>
  blocks.some(
    ({ kind, text }) =>
      kind === block &&
      (variable === undefined || new RegExp(`\\{\\{\\s*${variable}\\s*\\}\\}`).test(text)) &&
      (words === undefined || words.test(text)),
  );

/** What a letter of this kind lacks of what it must carry, with the article; empty: nothing. `pointer`: where its blocks stand in the request. */
export function checkItems(kind: LetterKind, blocks: readonly LetterBlock[], pointer: string): FieldError[] {
  return (DEMANDS[kind] ?? [])
    .filter((demand) => !isMet(demand, blocks))
    .map(({ item, says, source, block }) => ({ pointer, detail: `lacks the ${item}: a block ${block} must say ${says}`, source }));
}
