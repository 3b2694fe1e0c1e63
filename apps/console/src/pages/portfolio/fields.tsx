import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentInput } from '../../ui/moment-input.tsx';
import { agencyChoice } from '../../ui/use-agency-name.ts';

export interface NamedField {
  readonly name: string | (string | number)[];
  readonly label: string;
  readonly help?: string;
  readonly isNeeded?: boolean;
}

const useRules = (isNeeded: boolean) => {
  const { t } = useTranslation();
  return isNeeded ? [{ required: true, whitespace: true, message: t('portfolio.needed') }] : [];
};

const about = ({ name, label, help }: NamedField) => ({ name, label, ...(help && { extra: help }) });

export function WordsField({ isNeeded = true, rows = 3, max = 2000, ...field }: NamedField & { rows?: number; max?: number }): ReactNode {
  return (
    <Form.Item {...about(field)} rules={useRules(isNeeded)}>
      <Input.TextArea rows={rows} maxLength={max} />
    </Form.Item>
  );
}

export function LineField({ isNeeded = true, max = 200, ...field }: NamedField & { max?: number }): ReactNode {
  return (
    <Form.Item {...about(field)} rules={useRules(isNeeded)}>
      <Input maxLength={max} />
    </Form.Item>
  );
}

export interface ChoiceFieldProps extends NamedField {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export function ChoiceField({ isNeeded = true, options, ...field }: ChoiceFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.Item {...about(field)} rules={isNeeded ? [{ required: true, message: t('portfolio.needed') }] : []}>
      <Select allowClear={!isNeeded} options={[...options]} showSearch={{ optionFilterProp: 'label' }} />
    </Form.Item>
  );
}

export function MomentField({ isNeeded = false, ...field }: NamedField): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.Item {...about(field)} rules={isNeeded ? [{ required: true, message: t('portfolio.needed') }] : []}>
      <MomentInput withTime />
    </Form.Item>
  );
}

/** One of the agencies on record. */
export function AgencyField({ name, label }: Pick<NamedField, 'name' | 'label'>): ReactNode {
  const { data } = useQuery(agencyChoice);
  const options = data?.items.map(({ agencyId, name: called }) => ({ value: agencyId, label: `${called} (${agencyId})` })) ?? [];
  return <ChoiceField name={name} label={label} options={options} />;
}
