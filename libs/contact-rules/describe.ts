import type { Language } from './message.ts';
import type { PackRow } from './pack.ts';
import { adviceOf } from './words/advice.ts';
import { sayAgency, sayContent, sayDevice, sayVisit } from './words/agencies.ts';
import { sayCounter } from './words/counter.ts';
import { articleOf, gradeOf, instrumentOf } from './words/instruments.ts';
import { sayContactPoint, sayPreference, sayThirdParty } from './words/parties.ts';
import { sayLimit, type Limit, type Said } from './words/said.ts';
import { sayHold, sayStanding } from './words/states.ts';
import { inEach, text, type Audience, type Text } from './words/text.ts';
import { sayCalendar, sayTimeWindow } from './words/times.ts';
import { titleOf, titleOfKind } from './words/titles.ts';

/** Where a row comes from, in words. */
export interface Citation {
  /** The instrument's full name; its key where nobody has named it. */
  readonly instrument: Text;
  /** 第 20 条; null where the row names none. */
  readonly article: Text | null;
  readonly grade: Text;
}

/** A row of a pack, or of an institution's own rules, in words. */
export interface Described {
  readonly title: Text;
  readonly says: Text;
  /** What is compared when two versions are. */
  readonly limits: readonly Limit[];
  /** Without a full stop. */
  readonly exceptions: readonly Text[];
  /** What happens to a contact that does not pass. */
  readonly severity: Text;
  /** The instrument of the row first, then those that say the same. */
  readonly citations: readonly Citation[];
}

const severities: Readonly<Record<PackRow['severity'], Readonly<Record<Audience, Text>>>> = {
  block: {
    staff: text('拒绝：不符合的不得联系', 'Block: a contact that does not meet it is refused'),
    debtor: text('必须遵守：不符合的联系会被系统拦下', 'Binding: the system stops a contact that does not meet it'),
  },
  warn: {
    staff: text('提示：可以联系，但会提醒', 'Warn: the contact may take place, and the answer says so'),
    debtor: text(
      '提示性要求：系统会提醒工作人员，但不会自动拦下',
      'Advisory: the system tells the staff, but does not stop the contact by itself',
    ),
  },
};

function say(row: PackRow, audience: Audience): Said {
  switch (row.kind) {
    case 'standing':
      return sayStanding(row.params, audience);
    case 'hold':
      return sayHold(row.params, audience);
    case 'third-party':
      return sayThirdParty(row.params, audience);
    case 'time-window':
      return sayTimeWindow(row.params, audience);
    case 'preference':
      return sayPreference(row.params, audience);
    case 'contact-point':
      return sayContactPoint(row.params, audience);
    case 'counter':
      return sayCounter(row.params, audience);
    case 'visit':
      return sayVisit(row.params, audience);
    case 'agency':
      return sayAgency(row.params, audience);
    case 'device':
      return sayDevice(row.params, audience);
    case 'content':
      return sayContent(row.params, audience);
    case 'calendar':
      return sayCalendar(row.params, audience);
  }
}

type Cited = Pick<PackRow, 'source' | 'article' | 'grade'>;

const cite = ({ source, article, grade }: Cited): Citation => ({
  instrument: instrumentOf(source) ?? text(source, source),
  article: articleOf(source, article),
  grade: gradeOf(grade),
});

/** A name of the row's own comes first: an institution calls its rules as it likes. Debtors are spoken to, not of. */
function nameOf(row: PackRow, audience: Audience): Text {
  const name = row.title ?? titleOf(row.ruleId) ?? titleOfKind(row.kind);
  return audience === 'staff' ? name : text(name.zh.replaceAll('债务人', '持卡人'), name.en.replaceAll('he debtor', 'he cardholder'));
}

/** A row in words, for staff (compliance, agencies, examiners) or for the debtor. Pure: the same row gives the same words. */
export function describeRule(row: PackRow, audience: Audience = 'staff'): Described {
  return {
    title: nameOf(row, audience),
    ...say(row, audience),
    severity: severities[row.severity][audience],
    citations: [row, ...(row.also ?? [])].map(cite),
  };
}

/** 《……》第 20 条; the instrument, Art. 20. */
export const sayCitation = ({ instrument, article }: Citation): Text =>
  inEach((language) =>
    article === null ? instrument[language] : `${instrument[language]}${language === 'zh' ? '' : ', '}${article[language]}`,
  );

/** One row in the words of one language, as the API shows it. */
export interface RowWords {
  readonly title: string;
  readonly says: string;
  readonly limits: readonly string[];
  readonly exceptions: readonly string[];
}

export function rowWords(row: PackRow, language: Language, audience: Audience = 'staff'): RowWords {
  const { title, says, limits, exceptions } = describeRule(row, audience);
  return {
    title: title[language],
    says: says[language],
    limits: limits.map((limit) => sayLimit(limit)[language]),
    exceptions: exceptions.map((exception) => exception[language]),
  };
}

/** What somebody who is collected from under the pack can do. */
export const debtorAdvice = adviceOf;
