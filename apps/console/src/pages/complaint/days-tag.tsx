import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import { URGENCY, type DaysLeft, type Urgency } from './buckets.ts';
import type { ClockState, DueBucket } from './wire.ts';

const TONES: Readonly<Record<Urgency, Tone>> = { over: 'bad', now: 'bad', soon: 'wait', calm: 'busy', still: 'quiet' };

export interface DaysTagProps {
  readonly left: DaysLeft;
  readonly bucket: DueBucket;
  readonly state: ClockState;
}

/** The days left, in words and in colour; of a closed complaint how it ended. */
export function DaysTag({ left, bucket, state }: DaysTagProps): ReactNode {
  const { t } = useTranslation();
  if (left.key === 'closed')
    return <StateTag tone={state === 'met' ? 'good' : state === 'missed' ? 'bad' : 'quiet'}>{t(`clock.state.${state}`)}</StateTag>;
  return <StateTag tone={TONES[URGENCY[bucket]]}>{t(`clock.days.${left.key}`, { count: 'days' in left ? left.days : 0 })}</StateTag>;
}
