import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { limitsQuery } from './api.ts';

/** The kinds of task there are, for choosing from. */
export function useKinds(): readonly { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation();
  const { data } = useQuery(limitsQuery);
  return (data?.limits ?? []).map(({ kind }) => ({ value: kind, label: t(`task.kind.${kind}`) }));
}
