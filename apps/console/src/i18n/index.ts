import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { chosenLanguage, keepLanguage, type Language } from './language.ts';
import type { zh } from './zh/index.ts';

type Leaves<Words, Before extends string = ''> = {
  [Key in keyof Words & string]: Words[Key] extends string ? `${Before}${Key}` : Leaves<Words[Key], `${Before}${Key}.`>;
}[keyof Words & string];

declare module 'i18next' {
  interface CustomTypeOptions {
    // Whole keys, not their parts, and texts whose placeholders are not read: the compiler gives up on so many otherwise. words.spec.ts reads them.
    resources: { translation: Record<Leaves<typeof zh>, string> };
    keySeparator: false;
    parseInterpolation: false;
    returnNull: false;
  }
}

const dictionaries = {
  zh: async () => (await import('./zh/index.ts')).zh,
  en: async () => (await import('./en/index.ts')).en,
};

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', await dictionaries[language]());
}

/** Loads the words of the reader's language; nothing is rendered before. */
export async function startWords(): Promise<void> {
  const lng = chosenLanguage();
  await i18next
    .use(initReactI18next)
    .init({ lng, fallbackLng: false, resources: {}, interpolation: { escapeValue: false }, returnNull: false });
  await load(lng);
  keepLanguage(lng);
}

export async function switchLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  keepLanguage(language);
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'zh');

/** The language of this render. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh';
}
