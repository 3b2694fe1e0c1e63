import { AutoComplete } from 'antd';
import type { ReactNode } from 'react';
import { useIntakeWord } from '../intake/use-intake-word.ts';

export interface RegulatorSelectProps {
  readonly codes: readonly string[];
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}

/** A regulator by its code; an institution may have codes of its own. */
export function RegulatorSelect({ codes, id, value, onChange }: RegulatorSelectProps): ReactNode {
  const word = useIntakeWord();
  return (
    <AutoComplete
      {...(id !== undefined && { id })}
      {...(value !== undefined && { value })}
      onChange={(next: string) => onChange?.(next)}
      options={codes.map((code) => ({ value: code, label: `${word('regulator', code)} (${code})` }))}
    />
  );
}
