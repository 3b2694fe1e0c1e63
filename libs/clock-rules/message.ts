import type { Language } from '#contact-rules';
import type { RejectionCode } from './types.ts';

const texts: Readonly<Record<RejectionCode, Readonly<Record<Language, string>>>> = {
  'before-receipt': {
    zh: '该事项早于投诉的收到时间。',
    en: 'This lies before the complaint was received.',
  },
  'not-yet-happened': {
    zh: '该事项尚未发生：其时间晚于判断时间。',
    en: 'This has not happened yet: it lies after the instant that the answer is for.',
  },
  'not-provided': {
    zh: '所适用的规定中没有这一事项，期限不因此变动。',
    en: 'The rules that this complaint is under know no such step; it does not move the term.',
  },
  'already-closed': {
    zh: '投诉已经办结、撤回或不予受理，期限不再变动。',
    en: 'The complaint is closed; nothing moves its term any more.',
  },
  'already-decided': {
    zh: '投诉已经作出处理决定。',
    en: 'The complaint has been decided already.',
  },
  'already-told': {
    zh: '处理决定已经告知投诉人。',
    en: 'The complainant has been told already.',
  },
  'not-decided': {
    zh: '尚未作出处理决定，无从告知。',
    en: 'There is no decision yet that the complainant could be told.',
  },
  'term-already-over': {
    zh: '办理期限已经届满；只能在期限届满之前变动。',
    en: 'The term was over already; it can be moved only before it ends.',
  },
  'already-complex': {
    zh: '投诉已按情况复杂处理，期限为 30 日。',
    en: 'The complaint has been declared complicated already.',
  },
  'already-extended': {
    zh: '期限已经延长，不得再次延长。',
    en: 'The term has been extended already, and no further.',
  },
  'agreed-date-rules': {
    zh: '双方已约定办理日期，以约定为准。',
    en: 'Both sides agreed on a date; that date rules.',
  },
  'approval-missing': {
    zh: '延长期限须经上级机构或总行高级管理人员审批。',
    en: 'An extension needs the approval of the superior institution or of a senior manager of the head office.',
  },
  'head-approval-missing': {
    zh: '延长期限须经本机构投诉处理工作负责人批准。',
    en: 'An extension needs the approval of the head of complaint handling.',
  },
  'complainant-not-told': {
    zh: '延长期限须告知投诉人。',
    en: 'An extension needs the complainant to have been told.',
  },
  'complainant-told-too-late': {
    zh: '告知投诉人延期的时间不早于原期限届满之时。',
    en: 'The complainant was told of the extension only when the running term was over.',
  },
  'already-paused': {
    zh: '期限已在中止之中。',
    en: 'The clock is paused already.',
  },
  'not-paused': {
    zh: '期限未处于中止状态。',
    en: 'The clock is not paused.',
  },
  'complainant-not-agreed': {
    zh: '投诉人不同意调解，期限不中止。',
    en: 'The complainant did not agree to mediation; the clock runs on.',
  },
  'agreed-date-missing': {
    zh: '未说明约定的日期。',
    en: 'The date that was agreed is not stated.',
  },
  'agreed-date-past': {
    zh: '约定的日期早于约定当日。',
    en: 'The agreed date lies before the day of the agreement.',
  },
};

/** Why an event was refused, in the reader's language. */
export const toClockMessage = ({ code }: { readonly code: RejectionCode }, language: Language): string => texts[code][language];
