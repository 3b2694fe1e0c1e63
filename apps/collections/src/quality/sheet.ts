/** One line of a score sheet. */
export interface SheetItem {
  readonly id: string;
  readonly weight: number;
  /** Not met: the whole is worth nothing. */
  readonly fatal: boolean;
  /** The instrument and article behind it; empty: the institution's own. */
  readonly source: string;
  readonly zh: string;
  readonly en: string;
}

export const MARKS = ['met', 'not-met', 'not-applicable'] as const;
export type Mark = (typeof MARKS)[number];
export type Marks = Readonly<Record<string, Mark>>;

export interface Sheet {
  readonly version: number;
  readonly passScore: number;
  readonly items: readonly SheetItem[];
}

/** The product's own sheet, in force until the institution makes one of its own. */
export const PRODUCT_SHEET: Sheet = {
  version: 0,
  passScore: 80,
  items: [
    {
      id: 'identity-stated',
      weight: 10,
      fatal: true,
      source: 'CBA26 ch.3',
      zh: '表明身份：机构与姓名或工号',
      en: 'Says who calls: institution, name or number',
    },
    { id: 'recording-told', weight: 5, fatal: true, source: 'CBA26 ch.3', zh: '告知通话录音', en: 'Says that the call is recorded' },
    {
      id: 'person-verified',
      weight: 10,
      fatal: false,
      source: 'CC11 68',
      zh: '核实对方身份后再谈债务',
      en: 'Verifies the person before the debt is spoken of',
    },
    {
      id: 'third-party-respected',
      weight: 15,
      fatal: true,
      source: 'HLJ 19',
      zh: '不向第三人透露债务、不要求其代偿',
      en: 'Tells a third party nothing of the debt and asks no payment of them',
    },
    { id: 'no-threat', weight: 15, fatal: true, source: 'HLJ 21', zh: '无威胁、恐吓、辱骂', en: 'No threat, intimidation or abuse' },
    {
      id: 'no-false-identity',
      weight: 5,
      fatal: true,
      source: 'HLJ 22',
      zh: '不冒充公检法、政府或银行人员',
      en: 'Poses as no court, police, government or bank',
    },
    {
      id: 'amount-correct',
      weight: 10,
      fatal: true,
      source: 'CC11 69',
      zh: '金额与账务一致，无额外费用',
      en: 'The amount is the ledger’s; no extra fees',
    },
    { id: 'no-invented-consequence', weight: 5, fatal: false, source: 'HLJ 22', zh: '不编造法律后果', en: 'Invents no legal consequence' },
    {
      id: 'objection-heard',
      weight: 5,
      fatal: false,
      source: 'CC11 69',
      zh: '告知异议渠道，受理异议',
      en: 'Names the way to object, and hears an objection',
    },
    {
      id: 'hardship-heard',
      weight: 5,
      fatal: false,
      source: 'CC11 70',
      zh: '听取困难情况，告知个性化分期',
      en: 'Hears of hardship, and tells of a personalised plan',
    },
    { id: 'tone', weight: 10, fatal: false, source: 'HLJ 21', zh: '语气文明，用语规范', en: 'A civil tone and proper words' },
    {
      id: 'outcome-noted',
      weight: 5,
      fatal: false,
      source: 'GBT 5.3',
      zh: '结果与录音一致，记录完整',
      en: 'The outcome is noted as it was said',
    },
  ],
};

export interface Score {
  /** 0 to 100. */
  readonly score: number;
  readonly fatal: boolean;
}

/** The share of the weights that were met, of those that apply; nothing at all where a fatal one was not. */
export function scoreOf({ items }: Pick<Sheet, 'items'>, marks: Marks): Score {
  const applying = items.filter(({ id }) => marks[id] !== 'not-applicable');
  const fatal = applying.some((item) => item.fatal && marks[item.id] !== 'met');
  const whole = applying.reduce((sum, { weight }) => sum + weight, 0);
  const met = applying.reduce((sum, { id, weight }) => (marks[id] === 'met' ? sum + weight : sum), 0);
  if (fatal) return { score: 0, fatal };
  return { score: whole === 0 ? 100 : Math.round((met * 100) / whole), fatal };
}

/** The items that two reviewers marked otherwise. */
export const differing = ({ items }: Pick<Sheet, 'items'>, a: Marks, b: Marks): string[] =>
  items.filter(({ id }) => a[id] !== b[id]).map(({ id }) => id);

export const GRADES = ['fatal', 'poor', 'fair', 'good'] as const;
export type Grade = (typeof GRADES)[number];

const FAIR = 60;

/** For comparing two scores: what follows from them, not their last point. */
export function gradeOf({ score, fatal }: Score, passScore: number): Grade {
  if (fatal) return 'fatal';
  if (score < FAIR) return 'poor';
  return score < passScore ? 'fair' : 'good';
}
