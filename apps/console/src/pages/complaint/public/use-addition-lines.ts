import { useTranslation } from 'react-i18next';

/** What the entry of something that a complainant added says, a line each. */
export function useAdditionLines(): (data: Readonly<Record<string, unknown>>) => readonly string[] {
  const { t } = useTranslation();
  return ({ via, senderKnown, files, text }) =>
    [
      via === 'web' ? t('publicPage.via.web') : t('publicPage.via.email'),
      senderKnown === false ? t('publicPage.senderUnknown') : '',
      typeof text === 'string' ? text : '',
      typeof files === 'number' && files > 0 ? t('publicPage.addedFiles', { count: files }) : '',
    ].filter((line) => line !== '');
}
