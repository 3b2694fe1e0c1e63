import { TimePicker } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';

export interface TimeInputProps {
  readonly id?: string;
  /** `HH:mm`; seconds are left out. Empty: none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly 'aria-describedby'?: string | undefined;
}

const FORM = 'HH:mm';
const ANY_DAY = '2000-01-01T';

/** A time of day on the clock of 24 hours, whatever the reader's language; typed or chosen. */
export function TimeInput({ value, onChange, ...rest }: TimeInputProps): ReactNode {
  return (
    <TimePicker
      {...rest}
      className="fb-time"
      format={FORM}
      allowClear={false}
      needConfirm={false}
      value={value === '' ? null : dayjs(`${ANY_DAY}${value}`)}
      onChange={(next) => onChange(next ? next.format(FORM) : '')}
    />
  );
}
