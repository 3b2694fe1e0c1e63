import { useTranslation } from 'react-i18next';

/** The word for a code of a group of `dossier`; the code where there is none. */
export function useDossierWord(): (group: string, code: string | null) => string {
  const { t, i18n } = useTranslation();
  return (group, code) => {
    const key = `dossier.${group}.${code ?? ''}`;
    return code !== null && !code.includes('.') && i18n.exists(key) ? t(key as 'dossier.title') : (code ?? '–');
  };
}
