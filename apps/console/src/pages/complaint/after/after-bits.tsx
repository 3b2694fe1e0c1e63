import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';

/** The word for a code of a group of `after`; the code where there is none. */
export function useAfterWord(): (group: string, code: string | null) => string {
  const { t, i18n } = useTranslation();
  return (group, code) => {
    const key = `after.${group}.${code ?? ''}`;
    return code !== null && !code.includes('.') && i18n.exists(key) ? t(key as 'after.yes') : (code ?? '–');
  };
}

/** Codes as options of a choice. */
export function useOptions(): (group: string, codes: readonly string[]) => { readonly value: string; readonly label: string }[] {
  const word = useAfterWord();
  return (group, codes) => codes.map((value) => ({ value, label: word(group, value) }));
}

/** A section that is read from the service. */
export function Loaded<Data>({
  title,
  query,
  children,
}: {
  readonly title: string;
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}): ReactNode {
  return (
    <Section title={title}>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active paragraph={{ rows: 2 }} />}
      {query.data !== undefined && children(query.data)}
    </Section>
  );
}
