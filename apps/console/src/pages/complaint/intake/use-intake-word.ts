import { useTranslation } from 'react-i18next';

/** The word for a code of a group of `intake`; the code where there is none, such as a regulator that an institution names itself. */
export function useIntakeWord(): (group: string, code: string) => string {
  const { t, i18n } = useTranslation();
  return (group, code) => {
    const key = `intake.${group}.${code}`;
    return !code.includes('.') && i18n.exists(key) ? t(key as 'intake.title') : code;
  };
}
