import type { Language } from '#contact-rules';
import type { FieldError } from '#problem';

export const BASIS_KINDS = ['article', 'clause'] as const;
export const REMEDY_KINDS = ['refund', 'compensation', 'waiver', 'correction', 'contact-stopped', 'explanation', 'other'] as const;
/** The ways that are open to whoever is not content (CMP20 19). */
export const REMEDIES_OPEN = ['review', 'mediation', 'arbitration', 'court'] as const;
export const SEVERITIES = ['ordinary', 'serious'] as const;
export const DECISION_OUTCOMES = ['upheld', 'partly-upheld', 'not-upheld'] as const;

export type RemedyKind = (typeof REMEDY_KINDS)[number];
export type RemedyOpen = (typeof REMEDIES_OPEN)[number];
export type Severity = (typeof SEVERITIES)[number];
export type Outcome = (typeof DECISION_OUTCOMES)[number];

export interface Basis {
  /** An article of an instrument, or a clause of the contract. */
  readonly kind: (typeof BASIS_KINDS)[number];
  readonly ref: string;
  readonly text: string | null;
}

/** What a decision says in words; sealed as a whole. */
export interface DecisionContent {
  readonly facts: string;
  readonly basis: readonly Basis[];
  readonly reasons: string;
  readonly remedyKinds: readonly RemedyKind[];
  readonly remedyText: string | null;
  /** Local date by which the remedy is done. */
  readonly remedyBy: string | null;
  readonly apology: boolean;
  readonly remediesOpen: readonly RemedyOpen[];
}

const SOURCE = 'CMP20 19';

/** What a decision lacks before it can be submitted; empty: nothing. */
export function lacksOf(outcome: Outcome, hasMoney: boolean, content: DecisionContent): FieldError[] {
  const errors: FieldError[] = [];
  const lacks = (pointer: string, detail: string, source?: string): void =>
    void errors.push({ pointer, detail, ...(source ? { source } : {}) });
  if (content.facts.trim() === '') lacks('/facts', 'must say what was verified', SOURCE);
  if (content.basis.length === 0) lacks('/basis', 'must name an article or a clause of the contract', SOURCE);
  if (content.reasons.trim() === '') lacks('/reasons', 'must say why', SOURCE);
  const missing = REMEDIES_OPEN.filter((way) => !content.remediesOpen.includes(way));
  if (missing.length > 0) lacks('/remediesOpen', `must also name ${missing.join(', ')}`, SOURCE);
  if (outcome !== 'not-upheld' && content.remedyKinds.length === 0 && !content.apology)
    lacks('/remedyKinds', 'must say what is done for a complaint that is upheld, if only an apology');
  if (hasMoney && content.remedyBy === null) lacks('/remedyBy', 'must say by when the money is paid');
  return errors;
}

const WORDS = {
  zh: {
    outcome: { upheld: '投诉成立', 'partly-upheld': '投诉部分成立', 'not-upheld': '投诉不成立' },
    kind: {
      refund: '退还款项',
      compensation: '补偿',
      waiver: '减免息费',
      correction: '更正记录',
      'contact-stopped': '停止相关联系',
      explanation: '解释说明',
      other: '其他处理',
    },
    open: { review: '核查', mediation: '调解', arbitration: '仲裁', court: '诉讼' },
    apology: '我行向您致歉',
    none: '无需采取补救措施',
    by: (day: string) => `于${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日前完成`,
    join: '；',
    list: '、',
  },
  en: {
    outcome: {
      upheld: 'The complaint is upheld',
      'partly-upheld': 'The complaint is upheld in part',
      'not-upheld': 'The complaint is not upheld',
    },
    kind: {
      refund: 'refund',
      compensation: 'compensation',
      waiver: 'interest and fees waived',
      correction: 'record corrected',
      'contact-stopped': 'contact stopped',
      explanation: 'explanation',
      other: 'other action',
    },
    open: { review: 'review', mediation: 'mediation', arbitration: 'arbitration', court: 'court' },
    apology: 'we apologise to you',
    none: 'no remedy is due',
    by: (day: string) => `done by ${day}`,
    join: '; ',
    list: ', ',
  },
} as const;

/** What the decision gives to the variables of its letter. */
export function lettersOf(
  outcome: Outcome,
  money: { readonly amount: string; readonly currency: string } | null,
  content: DecisionContent,
  language: Language,
): Record<string, string> {
  const words = WORDS[language];
  const remedy = [
    ...(content.remedyKinds.length > 0 ? [content.remedyKinds.map((kind) => words.kind[kind]).join(words.list)] : []),
    ...(money === null ? [] : [`${money.amount} ${money.currency}`]),
    ...(content.remedyText ? [content.remedyText] : []),
    ...(content.remedyBy === null ? [] : [words.by(content.remedyBy)]),
    ...(content.apology ? [words.apology] : []),
  ];
  return {
    outcome: words.outcome[outcome],
    facts: content.facts,
    basis: content.basis.map(({ ref, text }) => (text ? `${ref}: ${text}` : ref)).join(words.join),
    reasons: content.reasons,
    remedy: remedy.length === 0 ? words.none : remedy.join(words.join),
    remedies: content.remediesOpen.map((way) => words.open[way]).join(words.list),
  };
}

/** The decision as one text, as the ledger keeps it beside the clock event. */
export function textOf(
  outcome: Outcome,
  money: { readonly amount: string; readonly currency: string } | null,
  content: DecisionContent,
): string {
  const { facts, basis, reasons, remedy, remedies } = lettersOf(outcome, money, content, 'zh');
  const parts = [
    ['核查的事实', facts],
    ['依据', basis],
    ['理由', reasons],
    ['处理', remedy],
    ['救济途径', remedies],
  ];
  return parts.flatMap(([head, said]) => (said ? [`${head ?? ''}：${said}`] : [])).join('\n');
}
