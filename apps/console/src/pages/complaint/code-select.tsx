import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWord, type WordGroup } from './words.ts';

const MOST_CHARS = 64;

export interface CodeSelectProps {
  readonly group: WordGroup;
  readonly codes: readonly string[];
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: string | undefined) => void;
  readonly allowClear?: boolean;
}

/** A code, chosen by its word; what is typed and known to nobody may be taken as a code of the institution's own. */
export function CodeSelect({ group, codes, id, value, onChange, allowClear = false }: CodeSelectProps): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const [typed, setTyped] = useState('');
  const known = codes.map((code) => ({ value: code, label: word(group, code), search: `${word(group, code)} ${code}`.toLowerCase() }));
  const wanted = typed.trim().slice(0, MOST_CHARS);
  const isKnown = (code: string): boolean => code === '' || codes.includes(code) || known.some(({ label }) => label === code);
  const options = [
    ...known,
    ...(value === undefined || isKnown(value) ? [] : [{ value, label: word(group, value), search: value.toLowerCase() }]),
    ...(isKnown(wanted) || wanted === value
      ? []
      : [{ value: wanted, label: t('complaint.register.ownCode', { code: wanted }), search: wanted.toLowerCase() }]),
  ];
  return (
    <Select
      {...(id !== undefined && { id })}
      value={value}
      onChange={(next?: string) => onChange?.(next)}
      allowClear={allowClear}
      showSearch={{ onSearch: setTyped, filterOption: (text, option) => (option?.search ?? '').includes(text.trim().toLowerCase()) }}
      options={options}
    />
  );
}
