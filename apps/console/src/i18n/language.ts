export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

// The start page keeps the choice under the same name.
const KEPT_AS = 'language';

/** The tag for `<html lang>`, `Accept-Language` and dates. */
export const languageTag = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB');

const isLanguage = (value: unknown): value is Language => value === 'zh' || value === 'en';

/** What the reader chose before; Chinese to begin with. */
export function chosenLanguage(): Language {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    return isLanguage(kept) ? kept : 'zh';
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
    return 'zh';
  }
}

export function keepLanguage(language: Language): void {
  document.documentElement.lang = languageTag(language);
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // As above.
  }
}
