import { REJECTION_CODES, toClockMessage } from '#clock-rules';
import type { Language } from '#contact-rules';

const contradiction: Readonly<Record<Language, string>> = {
  zh: '该事项与此后已经登记的事项相矛盾。',
  en: 'What is on record for a later time would not have been possible after it.',
};

// What the desk itself asks for beside the rules.
const OF_DESK: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'awaits-complaint-supervisor': {
    zh: '该处理决定须经投诉主管复核，已送审。',
    en: 'The decision has to be approved by a complaint supervisor and waits for that.',
  },
  'awaits-head-office-approver': {
    zh: '该处理决定须经总行审批，已送审。',
    en: 'The decision has to be approved by head office and waits for that.',
  },
};

/** Why an event was refused, in the reader's language. */
export function rejectionText(code: string, language: Language): string {
  const own = OF_DESK[code];
  if (own !== undefined) return own[language];
  const known = REJECTION_CODES.find((one) => one === code);
  return known === undefined ? contradiction[language] : toClockMessage({ code: known }, language);
}
