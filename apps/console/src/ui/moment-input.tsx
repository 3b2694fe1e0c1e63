import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import zhCn from 'dayjs/locale/zh-cn.js';
import type { ReactNode } from 'react';

// Known to the pickers by its name; English is built in.
dayjs.locale(zhCn, undefined, true);

export interface MomentInputProps {
  readonly id?: string;
  /** A local date `YYYY-MM-DD`, with time `YYYY-MM-DDTHH:mm`: of whatever place the form speaks of. */
  readonly value?: string;
  readonly onChange?: (value: string | undefined) => void;
  readonly withTime?: boolean;
  readonly min?: string;
  readonly max?: string;
  readonly placeholder?: string;
}

const SHOWN = { date: 'YYYY-MM-DD', time: 'YYYY-MM-DD HH:mm' } as const;
const KEPT = { date: 'YYYY-MM-DD', time: 'YYYY-MM-DDTHH:mm' } as const;

const momentOf = (value: string | undefined) => (value === undefined || value === '' ? undefined : dayjs(value));

/** A date, or a date and a time, in the console's language; its value is the text that a form sends. */
export function MomentInput({ id, value, onChange, withTime = false, min, max, placeholder }: MomentInputProps): ReactNode {
  const form = withTime ? 'time' : 'date';
  const shown = momentOf(value) ?? null;
  return (
    <DatePicker
      {...(id !== undefined && { id })}
      className="fb-full"
      value={shown}
      format={SHOWN[form]}
      showTime={withTime && { format: 'HH:mm' }}
      {...(min !== undefined && { minDate: momentOf(min) })}
      {...(max !== undefined && { maxDate: momentOf(max) })}
      {...(placeholder !== undefined && { placeholder })}
      onChange={(next) => onChange?.(next ? next.format(KEPT[form]) : undefined)}
    />
  );
}
