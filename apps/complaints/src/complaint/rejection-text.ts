import { REJECTION_CODES, toClockMessage } from '#clock-rules';
import type { Language } from '#contact-rules';

const contradiction: Readonly<Record<Language, string>> = {
  zh: '该事项与此后已经登记的事项相矛盾。',
  en: 'What is on record for a later time would not have been possible after it.',
};

/** Why an event was refused, in the reader's language. */
export function rejectionText(code: string, language: Language): string {
  const known = REJECTION_CODES.find((one) => one === code);
  return known === undefined ? contradiction[language] : toClockMessage({ code: known }, language);
}
