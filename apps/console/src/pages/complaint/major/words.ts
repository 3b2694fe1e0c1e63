import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { useAgencyName } from '../../../ui/use-agency-name.ts';
import type { AlarmItem } from './api.ts';

/** The word for a code of a group of `major`; the code where there is none. */
export function useMajorWord(): (group: string, code: string) => string {
  const { t, i18n } = useTranslation();
  return (group, code) => {
    const key = `major.${group}.${code}`;
    return i18n.exists(key) ? t(key as 'major.tab.majors') : code;
  };
}

export function useMajorOptions(): (group: string, codes: readonly string[]) => { readonly value: string; readonly label: string }[] {
  const word = useMajorWord();
  return (group, codes) => codes.map((value) => ({ value, label: word(group, value) }));
}

/** What an alarm is about. */
export function useAbout(): (alarm: AlarmItem) => string {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const agency = useAgencyName();
  return ({ dimension, code, label, complaintNumber }) => {
    if (dimension === 'complaint') return complaintNumber ?? code;
    if (dimension === 'agency') return agency(code);
    if (dimension === 'region') return i18n.exists(`region.${code}`) ? t(`region.${code}` as 'region.230000') : code;
    return label === null ? code : language.startsWith('zh') ? label.zh : label.en;
  };
}

/** How likely something is by chance: one in so many. */
export function useChance(): (chance: number | null) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (chance) => {
    if (chance === null) return '–';
    const n = chance <= 1e-12 ? 1e12 : 1 / chance;
    return t('major.alarm.oneIn', { n: new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(n) });
  };
}
