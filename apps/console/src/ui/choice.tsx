import { useId, type ReactNode } from 'react';

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
}

/** One of a few, side by side; on a phone in as many rows as it takes. */
export function Choice<Value extends string>({ label, value, onChange, options }: ChoiceProps<Value>): ReactNode {
  const name = useId();
  return (
    <div className="fb-choice" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'fb-chosen' : undefined}>
          <input type="radio" className="fb-unseen" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}
