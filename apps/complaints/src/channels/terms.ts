import { findClockPack, sourceOf, type ClockPack } from '#clock-rules';
import type { Language } from '#contact-rules';

/** What a complainant may count on, from a pack: so many days, from when, by which article. */
export interface PublicTerm {
  readonly termId: string;
  readonly days: number;
  readonly unit: 'natural' | 'working';
  readonly text: string;
  readonly source: string;
}

export interface PublicTerms {
  readonly pack: string;
  readonly version: number;
  readonly title: string;
  readonly terms: readonly PublicTerm[];
}

/** The packs by which complaints in China are handled, that of the bank's own receipt first. */
const PUBLIC_PACKS = ['cn-banking-2020', 'cn-pboc-2020'] as const;

const WORDS: Readonly<Record<string, Readonly<Record<Language, (days: string) => string>>>> = {
  decide: {
    zh: (days) => `自收到投诉之日起 ${days}内作出处理决定并告知投诉人`,
    en: (days) => `Decided, and the complainant told, within ${days} of receipt`,
  },
  'decide-complex': {
    zh: (days) => `情况复杂的，自收到投诉之日起 ${days}内`,
    en: (days) => `In complicated matters, within ${days} of receipt`,
  },
  'decide-special': {
    zh: (days) => `情况特别复杂、经上级机构或总行批准并告知投诉人的，自收到投诉之日起 ${days}内`,
    en: (days) =>
      `In especially complicated matters, approved by the superior or head office and told to the complainant, within ${days} of receipt`,
  },
  'review-request': {
    zh: (days) => `对分支机构的处理决定有异议的，可自收到处理决定之日起 ${days}内向其上级机构书面申请核查`,
    en: (days) => `A decision of a branch may be brought before its superior, in writing, within ${days} of receiving it`,
  },
  'review-decide': {
    zh: (days) => `核查机构自收到核查申请之日起 ${days}内作出核查决定并告知`,
    en: (days) => `The superior decides and tells within ${days} of receiving the request`,
  },
};

const SHOWN = Object.keys(WORDS);

type Row = ClockPack['rows'][number];
type Counted = Extract<Row, { readonly days: number }>;

const isCounted = (row: Row): row is Counted =>
  row.days !== null && (row.kind === 'term' || row.kind === 'review') && SHOWN.includes(row.termId) && !('matter' in row && row.matter);

/** Of each term the row that holds on the date. */
function holding(pack: ClockPack, on: string): Counted[] {
  const rows = pack.rows.filter(isCounted).toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  return SHOWN.flatMap((termId) => rows.findLast((row) => row.termId === termId && row.effectiveFrom <= on) ?? []);
}

const daysIn = ({ days, unit }: Counted, language: Language): string => {
  if (language === 'zh') return `${days} ${unit === 'working' ? '个工作日' : '日'}`;
  return `${days} ${unit === 'working' ? 'working days' : 'days'}`;
};

/** The terms in force on a local date, in the words of the public. */
export function publicTerms(on: string, language: Language, packs: readonly string[] = PUBLIC_PACKS): PublicTerms[] {
  return packs.flatMap((name) => {
    const pack = findClockPack(name);
    if (!pack) return [];
    const terms = holding(pack, on).map((row) => ({
      termId: row.termId,
      days: row.days,
      unit: row.unit,
      text: WORDS[row.termId]?.[language](daysIn(row, language)) ?? row.condition,
      source: sourceOf(row),
    }));
    return terms.length === 0 ? [] : [{ pack: pack.pack, version: pack.version, title: pack.title[language], terms }];
  });
}
