import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codesQuery } from './api.ts';
import { useCodePath } from './bits.ts';

export interface CauseSelectProps {
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (codes: string[]) => void;
}

/** Causes of the table in force, to choose several from. */
export function CauseSelect({ id, value = [], onChange }: CauseSelectProps): ReactNode {
  const { data } = useQuery(codesQuery);
  const codes = data?.codes ?? [];
  const path = useCodePath(codes);
  const options = codes.filter(({ dimension }) => dimension === 'cause').map(({ code }) => ({ value: code, label: path('cause', code) }));
  return (
    <Select
      {...(id !== undefined && { id })}
      mode="multiple"
      value={[...value]}
      onChange={(next: string[]) => onChange?.(next)}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
    />
  );
}

/** Which causes are worked on as major, in words. */
export function SevereCauses({ codes }: { readonly codes: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(codesQuery);
  const path = useCodePath(data?.codes ?? []);
  const named = codes.map((code) => path('cause', code)).join(t('common.listSeparator'));
  return (
    <p className="fb-soft">
      {t('sorting.severe.label')}: {named || t('sorting.severe.none')}. {t('sorting.severe.help')}
    </p>
  );
}
