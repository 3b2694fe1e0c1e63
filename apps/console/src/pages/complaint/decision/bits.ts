import { useTranslation } from 'react-i18next';

/** The word for a code of a group of `decision`; the code where there is none. */
export function useDecisionWord(): (group: string, code: string | null) => string {
  const { t, i18n } = useTranslation();
  return (group, code) => {
    const key = `decision.${group}.${code ?? ''}`;
    return code !== null && i18n.exists(key) ? t(key as 'decision.yes') : (code ?? '–');
  };
}

/** Codes as options of a choice. */
export function useDecisionOptions(): (group: string, codes: readonly string[]) => { readonly value: string; readonly label: string }[] {
  const word = useDecisionWord();
  return (group, codes) => codes.map((value) => ({ value, label: word(group, value) }));
}
