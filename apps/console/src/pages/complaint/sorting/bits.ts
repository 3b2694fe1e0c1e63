import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import type { Classification, Code } from './api.ts';
import { DIMENSIONS } from './api.ts';

export type Dimension = (typeof DIMENSIONS)[number];

/** A code with those above it, `above › own`; the code itself where nobody knows it. */
export function useCodePath(
  codes: readonly Pick<Code, 'dimension' | 'code' | 'parent' | 'zh' | 'en'>[],
): (dimension: string, code: string) => string {
  const language = useLanguage();
  const byKey = new Map(codes.map((one) => [`${one.dimension} ${one.code}`, one]));
  return (dimension, code) => {
    const path: string[] = [];
    const seen = new Set<string>();
    let at = byKey.get(`${dimension} ${code}`);
    while (at && !seen.has(at.code)) {
      seen.add(at.code);
      path.unshift(at[language]);
      at = at.parent === null ? undefined : byKey.get(`${dimension} ${at.parent}`);
    }
    return path.length === 0 ? code : path.join(' › ');
  };
}

/** Words for the codes of one complaint, those that are withdrawn too. */
export function useWordsOf({ words }: Pick<Classification, 'words'>): (dimension: string, code: string) => string {
  const language = useLanguage();
  return (dimension, code) => words.find((word) => word.dimension === dimension && word.code === code)?.[language] ?? code;
}

export function useVersionWord(): (version: number) => string {
  const { t } = useTranslation();
  return (version) => (version === 0 ? t('sorting.classification.ownVersion') : t('sorting.classification.version', { version }));
}
