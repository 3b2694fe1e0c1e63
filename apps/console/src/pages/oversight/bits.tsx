import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import type { FindingView, InspectionItem, SanctionView, ScoreView } from './api.ts';

const INSPECTION_TONES: Readonly<Record<InspectionItem['state'], Tone>> = {
  planned: 'wait',
  'under-way': 'busy',
  done: 'good',
  cancelled: 'quiet',
};

export function InspectionState({ state }: Pick<InspectionItem, 'state'>): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={INSPECTION_TONES[state]}>{t(`oversight.inspectionState.${state}`)}</StateTag>;
}

const FINDING_TONES: Readonly<Record<FindingView['state'], Tone>> = { draft: 'quiet', open: 'wait', replied: 'busy', accepted: 'good' };

export function FindingState({ state, late }: Pick<FindingView, 'state' | 'late'>): ReactNode {
  const { t } = useTranslation();
  if (late) return <StateTag tone="bad">{t('oversight.late')}</StateTag>;
  return <StateTag tone={FINDING_TONES[state]}>{t(`oversight.findingState.${state}`)}</StateTag>;
}

const SANCTION_TONES: Readonly<Record<SanctionView['state'], Tone>> = {
  proposed: 'wait',
  'in-force': 'bad',
  ended: 'quiet',
  rejected: 'quiet',
  withdrawn: 'quiet',
  revoked: 'quiet',
};

export function SanctionState({ state }: Pick<SanctionView, 'state'>): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={SANCTION_TONES[state]}>{t(`oversight.sanctionState.${state}`)}</StateTag>;
}

const BAND_TONES: Readonly<Record<ScoreView['band'], Tone>> = { A: 'good', B: 'busy', C: 'wait', D: 'bad' };

/** The band and the total; why it is lower than the total says. */
export function ScoreTag({ score }: { readonly score: ScoreView }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="fb-row">
      <StateTag tone={BAND_TONES[score.band]}>{t('oversight.band', { band: score.band, total: score.total.toFixed(1) })}</StateTag>
      {score.caps.map((cap) => (
        <span key={cap} className="fb-soft">
          {t(`oversight.cap.${cap}`)}
        </span>
      ))}
    </span>
  );
}
