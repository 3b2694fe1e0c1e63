import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import type { Run } from './api.ts';

const TONES: Readonly<Record<Run['state'], Tone>> = {
  waiting: 'wait',
  refused: 'bad',
  withdrawn: 'quiet',
  queued: 'wait',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'quiet',
};

export const isUnderWay = ({ state }: Run): boolean => state === 'queued' || state === 'running';

export function RunState({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={TONES[run.state]}>{t(`retention.stateName.${run.state}`)}</StateTag>;
}
