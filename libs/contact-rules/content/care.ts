import { NEGATION_EN } from './lexicon.ts';
import { fold, squeeze, toWords } from './normalise.ts';

/** Signs that collection must stop and a person look: danger to life, and hardship that no call can help. */
export const CARE_SIGNS = ['self-harm', 'hardship'] as const;
export type CareSign = (typeof CARE_SIGNS)[number];

export interface CareHit {
  readonly sign: CareSign;
  /** As they were found, without what stood between the characters to hide them. */
  readonly words: readonly string[];
}

// A collector writes in a hurry: short forms, the debtor's own words, either language. What is found too often a person releases within the day;
// what is missed may not be made good. Being out of work or short of money alone is the trade's everyday and no sign.
const LEXICON: readonly { readonly sign: CareSign; readonly zh: string; readonly en: string }[] = [
  {
    sign: 'self-harm',
    zh: '自杀|自残|自尽|轻生|寻短见|寻死|不想活|活不下去|活不了了|活着没意思|活着(?:也)?没(?:什么)?意义|想死(?!你|我了)|去死了?算了|死了算了|一死了之|不如死|以死|跳楼|跳河|跳江|跳桥|跳海|割腕|上吊|服毒|喝农药|喝药(?:了|自|死)|吞(?:了)?安眠药|遗书|遗言|一了百了|结束(?:自己的?)?生命|了结(?:自己|生命|此生)|抑郁症|烧炭',
    en: 'suicid(?:e|al)|kill(?:ing)? (?:himself|herself|myself|themselves|themself)|self harm\\w*|harm(?:ing)? (?:himself|herself|myself|themselves)|hurt(?:ing)? (?:himself|herself|myself|themselves)|end(?:ing)? (?:his|her|my|their|it all)(?: own)?(?: life)?|take (?:his|her|my|their) own life|want(?:s|ed)? to die|better off dead|no reason to live|jump(?:ing)? off|overdos(?:e|ed|ing)|severe depression',
  },
  {
    sign: 'hardship',
    zh: '低保户?|特困|五保户?|吃不上饭|没饭吃|揭不开锅|断粮|流落街头|无家可归|露宿|丧失劳动(?:能)?力|瘫痪|重病|大病|绝症|癌|肿瘤|白血病|尿毒症|透析|化疗|放疗|重症|病危|植物人|一级残疾|二级残疾|重度残疾|残疾证|家破人亡',
    en: 'on (?:welfare|benefits)|can(?: ?no)? ?t (?:afford|buy) food|no money for food|nothing to eat|starving|homeless|evicted|terminal(?:ly)? ill\\w*|cancer|chemo\\w*|dialysis|leuk\\w*mia|paraly[sz]ed|intensive care|severely disabled|unable to work for life',
  },
];
const ENTRIES = LEXICON.map(({ sign, zh, en }) => ({ sign, zh: new RegExp(zh, 'dg'), en: new RegExp(`\\b(?:${en})\\b`, 'g') }));

// In the same clause, shortly before: 否认有自杀的想法, 没有轻生念头. The second negates itself (不是不想活), so that only plain words count.
const DENIED_ZH =
  /(?:没有?|未|并无|并非|不是|否认|从不|不会|不存在|无)(?:表示|提及|提到|说|出现|发现|任何|过|要|想|有|明显|什么|人){0,3}(?:想|要)?$/u;
const CLAUSE = /[，。；！？、,.;!?\n]/u;

function isDenied(folded: string, text: string, places: readonly number[], start: number): boolean {
  const from = Math.max(0, start - 10);
  const before = text.slice(from, start);
  const denial = DENIED_ZH.exec(before);
  if (denial === null) return false;
  const begins = places[from + denial.index] ?? 0;
  return !CLAUSE.test(folded.slice(begins, places[start] ?? begins));
}

const HAS_LETTERS = /[a-z]/;
const SENTENCES = /(?<=[,.;!?\n])/u;

/** What in a note says that its debtor may be in danger or in need. Pure; both languages; forms of writing that hide words are undone first. */
export function findCareSigns(note: string): CareHit[] {
  const folded = fold(note);
  const { text, places } = squeeze(folded);
  // Clause by clause: what one denies the next may say.
  const english = HAS_LETTERS.test(folded) ? folded.split(SENTENCES).map(toWords) : [];
  return ENTRIES.flatMap(({ sign, zh, en }): CareHit[] => {
    const words = new Set<string>();
    for (const match of text.matchAll(zh)) if (!isDenied(folded, text, places, match.index)) words.add(match[0]);
    for (const clause of english) {
      for (const match of clause.matchAll(en)) if (!DENIED_EN(clause.slice(0, match.index))) words.add(match[0]);
    }
    return words.size === 0 ? [] : [{ sign, words: [...words] }];
  });
}

const DENIES_EN = /\b(?:denie[sd]|deny|denying|free of|recovered from) ?(?:\w+ ){0,4}$/u;
const DENIED_EN = (before: string): boolean => NEGATION_EN.test(before) || DENIES_EN.test(before);
