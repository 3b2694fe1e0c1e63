import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import type { AllocationView } from './wire.ts';

const TONES = {
  queued: 'busy',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  rejected: 'bad',
  'awaiting-approval': 'wait',
} as const satisfies Record<string, Tone>;

/** How a simulation stands, or its carrying out. */
export function AllocationState({ of: { state, run } }: { readonly of: AllocationView }): ReactNode {
  const { t } = useTranslation();
  if (run) return <StateTag tone={TONES[run.state]}>{t(`portfolio.run.${run.state}`)}</StateTag>;
  return <StateTag tone={state === 'done' ? 'quiet' : TONES[state]}>{t(`portfolio.simulation.${state}`)}</StateTag>;
}
