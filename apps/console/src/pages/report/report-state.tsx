import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import type { Report } from './api.ts';

const TONES: Readonly<Record<Report['state'], Tone>> = {
  queued: 'quiet',
  running: 'busy',
  done: 'good',
  draft: 'busy',
  signed: 'good',
  superseded: 'quiet',
  cancelled: 'quiet',
  failed: 'bad',
};

export const isMade = ({ state }: Pick<Report, 'state'>): boolean => ['done', 'draft', 'signed', 'superseded'].includes(state);

export const isUnderWay = ({ state }: Pick<Report, 'state'>): boolean => state === 'queued' || state === 'running';

/** The state in a word, and how far it is while it is being made. */
export function ReportState({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const { state, progress } = report;
  const { done, total } = progress;
  const label = total === null ? t('report.progressOpen', { done }) : t('report.progress', { done, total });
  return (
    <span className="fb-report-state">
      <StateTag tone={TONES[state]}>{t(`report.state.${state}`)}</StateTag>
      {state === 'running' && (
        <>
          <Progress
            percent={total === null || total === 0 ? 0 : Math.floor((done / total) * 100)}
            showInfo={false}
            size="small"
            aria-label={label}
          />
          <span className="fb-soft">{label}</span>
        </>
      )}
    </span>
  );
}
